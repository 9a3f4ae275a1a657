package dev.lowpass.codegen;

import dev.lowpass.codegen.tir.CpuTarget;
import java.util.List;

/** The targets that a compilation can name, for those who list them. */
public final class Targets {
  private Targets() {}

  /**
   * The kinds of processors, from the least to the most demanding. Code for older ones exists, but is not offered: no
   * kernel is measured there.
   */
  public static List<CpuTarget> processors() {
    return List.of(CpuTarget.X86_64_V3, CpuTarget.X86_64_V4);
  }
}
