package dev.lowpass.testsuite.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import java.nio.charset.StandardCharsets;

class BandsFileFuzzTest {
  /** What is read prints as what reads the same. */
  @FuzzTest(maxDuration = "1m")
  void texts(byte[] bytes) {
    BandsFile bands;
    try {
      bands = BandsFile.parse(new String(bytes, StandardCharsets.UTF_8), "fuzz.bands");
    } catch (LowpassException e) {
      return;
    }
    assertThat(BandsFile.parse(bands.print(), "printed.bands")).isEqualTo(bands);
  }
}
