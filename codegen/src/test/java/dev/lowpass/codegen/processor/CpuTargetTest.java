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

  /** Family 25 is the third Zen, too, and Intel counts families of its own. */
  @Test
  void aFamilyIsToldByVendorFamilyAndFlags() {
    Set<String> avx512 = new TreeSet<>(CpuTarget.X86_64_V4.requiredFlags());
    Set<String> avx2 = new TreeSet<>(CpuTarget.X86_64_V3.requiredFlags());
    assertThat(CpuTarget.bestFor(avx512, "AuthenticAMD", "25")).isEqualTo(CpuTarget.ZEN4);
    assertThat(CpuTarget.bestFor(avx512, "AuthenticAMD", "26")).isEqualTo(CpuTarget.X86_64_V4);
    assertThat(CpuTarget.bestFor(avx512, "GenuineIntel", "25")).isEqualTo(CpuTarget.X86_64_V4);
    assertThat(CpuTarget.bestFor(avx2, "AuthenticAMD", "25")).isEqualTo(CpuTarget.X86_64_V3);
  }

  /** A hypervisor that hides lzcnt, as some do, hides nothing that code has; and code has none. */
  @Test
  void whatAHypervisorHidesIsNotAskedFor() {
    Set<String> shown = new TreeSet<>(CpuTarget.X86_64_V4.requiredFlags());
    shown.removeAll(Set.of("abm", "lzcnt", "fsgsbase", "invpcid", "rdpid", "sse4a"));
    assertThat(CpuTarget.bestFor(shown)).isEqualTo(CpuTarget.X86_64_V4);
    assertThat(CpuTarget.ALL).allMatch(target -> target.tvmTarget().contains("-mattr=-lzcnt"));
  }

  @Test
  void aFamilyHasTheCodeOfItsLevel() {
    assertThat(CpuTarget.ZEN4.tvmTarget()).isEqualTo(CpuTarget.X86_64_V4.tvmTarget());
    assertThat(CpuTarget.ZEN4.requiredFlags()).isEqualTo(CpuTarget.X86_64_V4.requiredFlags());
    assertThat(CpuTarget.ZEN4.machine().named("one AVX-512 core")).isEqualTo(CpuTarget.X86_64_V4.machine());
  }
}
