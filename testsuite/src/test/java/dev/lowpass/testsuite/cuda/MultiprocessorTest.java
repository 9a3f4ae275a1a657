package dev.lowpass.testsuite.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.runtime.artifact.KernelLaunch.Extent;
import dev.lowpass.testsuite.cuda.Multiprocessor.Occupancy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked out by hand from the sizes of a multiprocessor. */
class MultiprocessorTest {
  private static Occupancy occupancy(Multiprocessor processor, int registers, int sharedBytes, int items) {
    return processor.occupancy(new KernelReport("k", registers, 0, 0, sharedBytes), new Extent(items / 2, 2, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "32, 256, 8, 1.0",
    "40, 256, 6, 0.75",
    "64, 128, 8, 0.5",
    "128, 128, 4, 0.25",
    "255, 128, 2, 0.125",
    "255, 256, 1, 0.125",
    "255, 32, 8, 0.125",
    "96, 160, 4, 0.3125",
    "224, 288, 0, 0.0",
    "16, 32, 32, 0.5",
    "64, 1024, 1, 0.5",
    "65, 1024, 0, 0.0"
  })
  void registersAndWarpsLimit(int registers, int items, int groups, double share) {
    assertThat(occupancy(Multiprocessor.SM_80, registers, 0, items)).isEqualTo(new Occupancy(groups, share));
  }

  /** 49 KB with what the system has of them. */
  @Test
  void sharedMemoryLimits() {
    assertThat(occupancy(Multiprocessor.SM_80, 32, 48 << 10, 128).groups()).isEqualTo(3);
    assertThat(occupancy(Multiprocessor.SM_90, 32, 48 << 10, 128).groups()).isEqualTo(4);
  }
}
