package dev.lowpass.passes.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
  /** Half of a slab is left out where it is a register without channels, and nowhere else. */
  @ParameterizedTest
  @CsvSource({"1, 8, 16", "8, 8, 16", "9, 16, 16", "16, 16, 16", "24, 24, 32", "25, 32, 32", "72, 72, 80"})
  void lanesOfSlabs(int channels, int inHalves, int inWhole) {
    assertThat(Machines.SSE.computedLanes(channels)).isEqualTo(inHalves);
    assertThat(Machines.AVX2.computedLanes(channels)).isEqualTo(inHalves);
    assertThat(Machines.AVX512.computedLanes(channels)).isEqualTo(inWhole);
  }
}
