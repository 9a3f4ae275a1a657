package dev.lowpass.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be had here: another C library, or an older one. */
class SystemLoaderTest {
  @Test
  void anOlderGlibc() {
    String said =
        "/c/libtvm_runtime.so: /lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.27' not found (required by /c/libtvm_runtime.so)";
    assertThat(SystemLoader.explained(said))
        .isEqualTo("need glibc 2.27 or newer, and this system's is older; run on a newer system or in an image of one");
    assertThat(SystemLoader.explained("wrong ELF class\nmore")).isEqualTo("wrong ELF class");
  }

  @Test
  void musl() {
    List<String> alpine =
        List.of(
            "7f3a1c000000-7f3a1c014000 r--p 00000000 fe:01 1234                       /lib/ld-musl-x86_64.so.1",
            "7f3a1c014000-7f3a1c015000 rw-p 00000000 00:00 0",
            "7ffd5a9e1000-7ffd5aa02000 rw-p 00000000 00:00 0                          [stack]");
    assertThat(MappedFiles.parse(alpine).paths()).containsExactly("/lib/ld-musl-x86_64.so.1");
    assertThat(MappedFiles.parse(alpine).isMusl()).isTrue();
    assertThat(MappedFiles.now().isMusl()).isFalse();
    assertThat(MappedFiles.now().contain("libjvm.so")).isTrue();
    assertThat(MappedFiles.now().contain("jvm.so")).isFalse();
  }
}
