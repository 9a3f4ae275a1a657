package dev.lowpass.runtime.tvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TvmExceptionTest {
  @Test
  void theLineThatSaysWhatWentWrong() {
    assertThat(summary("Traceback (most recent call last):\n  0: a frame\n  File \"a.cc\", line 3\nTVMError: no such function"))
        .isEqualTo("TVMError: no such function");
    assertThat(summary("  File \"a.cc\", line 3\n  Check failed: (a == b) is false: \n")).isEqualTo("Check failed: (a == b) is false:");
    assertThat(summary("something\nelse")).isEqualTo("something");
    assertThat(summary("\n")).isEqualTo("unknown error");
  }

  @Test
  void theDriversLogFollows() {
    assertThat(summary("TVMError: OpenCL build error for device=0x1\n\n  kernel.cl:3: no such type\nmore"))
        .isEqualTo("TVMError: OpenCL build error for device=0x1: kernel.cl:3: no such type");
    assertThat(summary("TVMError: OpenCL build error for device=0x1\n")).isEqualTo("TVMError: OpenCL build error for device=0x1");
  }

  private static String summary(String message) {
    return new TvmException(message).summary();
  }
}
