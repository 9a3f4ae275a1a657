package dev.lowpass.codegen.cpu.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.tir.CpuTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
  /** Half of a slab is left out where it is a register without channels, and nowhere else. */
  @ParameterizedTest
  @CsvSource({"1, 8, 16", "8, 8, 16", "9, 16, 16", "16, 16, 16", "24, 24, 32", "25, 32, 32", "72, 72, 80"})
  void lanesOfSlabs(int channels, int inHalves, int inWhole) {
    assertThat(Machine.of(CpuTarget.X86_64_V2).lanes(channels)).isEqualTo(inHalves);
    assertThat(Machine.of(CpuTarget.X86_64_V3).lanes(channels)).isEqualTo(inHalves);
    assertThat(Machine.of(CpuTarget.X86_64_V4).lanes(channels)).isEqualTo(inWhole);
  }
}
