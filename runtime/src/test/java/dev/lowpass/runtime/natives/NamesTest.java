package dev.lowpass.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process has one library of a name: whoever looks for the real OpenBLAS must not find an empty one of ours. */
class NamesTest {
  @Test
  void emptyLibrariesHaveNamesOfTheirOwn() throws IOException {
    List<NativeLibrary> files = new DeployLibraries().files("linux-x86_64");
    assertThat(files).hasSize(6);
    for (NativeLibrary file : files) {
      try (InputStream content = file.open()) {
        String bytes = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains("libopenblas.so.0")).as(file.fileName()).isFalse();
        assertThat(bytes.contains("libdnnl.so.2")).as(file.fileName()).isFalse();
      }
    }
  }
}
