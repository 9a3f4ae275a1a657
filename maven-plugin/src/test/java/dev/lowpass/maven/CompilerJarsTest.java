package dev.lowpass.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a compiler is another one. */
class CompilerJarsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void ofOurJarsTheContentsCountOfOthersTheNames() throws IOException {
    String first = hash("ours", "theirs", "tvm-1.jar");
    assertThat(hash("ours", "theirs", "tvm-1.jar")).isEqualTo(first).hasSize(64);
    assertThat(hash("ours", "same name, same jar", "tvm-1.jar")).isEqualTo(first);
    assertThat(hash("newer", "theirs", "tvm-1.jar")).isNotEqualTo(first);
    assertThat(hash("ours", "theirs", "tvm-2.jar")).isNotEqualTo(first);
  }

  private String hash(String ours, String theirs, String name) throws IOException {
    Path mine = Files.writeString(folder.resolve("lowpass-cli-1-SNAPSHOT.jar"), ours);
    return new CompilerJars(List.of(mine, Files.writeString(folder.resolve(name), theirs))).hash();
  }
}
