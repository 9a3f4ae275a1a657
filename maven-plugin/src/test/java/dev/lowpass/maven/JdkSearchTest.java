package dev.lowpass.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK the compiler gets. */
class JdkSearchTest {
  @TempDir Path folder = Path.of("");

  @Test
  void takesTheFirstThatIsNewEnough() throws Exception {
    Path none = Files.createDirectory(folder.resolve("none"));
    List<Path> folders = List.of(none, jdk("8", "1.8.0_402"), jdk("17", "17.0.15"), jdk("26", "26"), jdk("25", "25.0.1"));
    assertThat(new JdkSearch(folders).find()).isEqualTo(folder.resolve("26"));
  }

  @Test
  void whereThereIsNoneTheErrorIsOneLine() throws Exception {
    assertThatThrownBy(() -> new JdkSearch(List.of(jdk("17", "17.0.15"), folder)).find())
        .isInstanceOf(MojoFailureException.class)
        .message()
        .startsWith("LP7060 JDK: none of version 25 or newer found")
        .hasLineCount(1);
  }

  @Test
  void oneThatIsAskedForHasToBeNewEnough() throws Exception {
    assertThat(JdkSearch.require(jdk("25", "25-ea"))).isEqualTo(folder.resolve("25"));
    assertThatThrownBy(() -> JdkSearch.require(jdk("21", "21.0.2")))
        .hasMessage("LP7060 %s: is a JDK 21; the compiler needs 25 or newer", folder.resolve("21"));
    assertThatThrownBy(() -> JdkSearch.require(folder)).hasMessageContaining("is no JDK");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }
}
