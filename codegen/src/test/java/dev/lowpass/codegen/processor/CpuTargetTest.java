package dev.lowpass.codegen.processor;

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
}
