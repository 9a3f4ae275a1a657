package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.artifact.KernelLaunch.Extent;
import java.util.Locale;

/**
 * What groups share of a GPU, by CUDA's tables of compute capabilities. A part of memory and registers is lost to their
 * granularity.
 */
public enum Multiprocessor {
  SM_80(164),
  SM_90(228);

  private static final int WARP = 32;
  private static final int WARPS = 64;
  private static final int GROUPS = 32;

  /** Each of four quarters has its registers, and runs warps on its own. */
  private static final int QUARTERS = 4;

  private static final int QUARTER_REGISTERS = (1 << 16) / QUARTERS;
  private static final int REGISTER_GRAIN = 256;
  private static final int MEMORY_GRAIN = 128;

  /** What the system has of every group's memory. */
  private static final int RESERVED_BYTES = 1024;

  private final int memoryBytes;

  Multiprocessor(int memoryKilobytes) {
    this.memoryBytes = memoryKilobytes << 10;
  }

  /** The name of a GPU that has it, for the assembler. */
  public String gpu() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How much runs at once.
   *
   * @param groups of one kernel on one multiprocessor
   * @param share of the warps that there could be
   */
  public record Occupancy(int groups, double share) {}

  /** For groups of {@code items}, if there are enough of them. None where not even one fits. */
  public Occupancy occupancy(KernelReport kernel, Extent items) {
    int warps = Math.toIntExact(roundedUp(items.count(), WARP) / WARP);
    long byRegisters = byRegisters(roundedUp((long) Math.max(1, kernel.registers()) * WARP, REGISTER_GRAIN), warps);
    long byWarps = WARPS / warps;
    long byMemory = memoryBytes / roundedUp(kernel.sharedBytes() + RESERVED_BYTES, MEMORY_GRAIN);
    int groups = Math.toIntExact(Math.min(Math.min(byRegisters, byWarps), Math.min(byMemory, GROUPS)));
    return new Occupancy(groups, groups * warps / (double) WARPS);
  }

  /** Whether a group fits is decided as if each quarter had as many of its warps as any other. */
  private static long byRegisters(long warpRegisters, int warps) {
    return warpRegisters * roundedUp(warps, QUARTERS) > QUARTERS * QUARTER_REGISTERS
        ? 0
        : QUARTER_REGISTERS / warpRegisters * QUARTERS / warps;
  }

  private static long roundedUp(long value, int grain) {
    return (value + grain - 1) / grain * grain;
  }
}
