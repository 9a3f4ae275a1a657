package dev.lowpass.codegen.tvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CpuTargetTest {
  @Test
  void bestTargetIsTheLastWhoseFlagsAreAllThere() {
    for (CpuTarget target : CpuTarget.ALL) {
      assertThat(CpuTarget.bestFor(new TreeSet<>(target.requiredFlags()))).isEqualTo(target);
    }
    Set<String> almost = new TreeSet<>(CpuTarget.X86_64_V4.requiredFlags());
    almost.remove("avx512vl");
    assertThat(CpuTarget.bestFor(almost)).isEqualTo(CpuTarget.X86_64_V3);
  }

  @Test
  void flagsAreReadFromTheFirstProcessor() {
    String text = """
        processor\t: 0
        flags\t\t: fpu  avx2 fma avx2
        bugs\t\t: spectre
        processor\t: 1
        flags\t\t: other
        """;
    assertThat(ProcessorFlags.parse(text)).containsExactly("avx2", "fma", "fpu");
    assertThat(ProcessorFlags.parse("")).isEmpty();
  }
}
