package dev.lowpass.passes.machine;

import java.util.Optional;

/** The machines that there are kernels for. */
public final class Machines {
  /**
   * 14 x 2 accumulators, 2 weights and 1 broadcast fill 31 of 32 registers. What tiles of convolutions cost is what their
   * prices say.
   */
  public static final Machine AVX512 =
      new Machine(
          "one AVX-512 core",
          16,
          32,
          new ProductTile(14, 2),
          14,
          new Caches(11 << 10, 128 << 10, 256 << 10, 128 << 10, 384),
          new FusionRule(28 * 28, 20 << 10, FusionRule.Reach.SLABS),
          new SkippingRule(true, false, 6, 6, 12, 3),
          new HalvingRule(32, 192, 384),
          new WinogradRule(12.5, 1.8, 6),
          RoundingUnit.NONE);

  /** Kernels are those of any AVX-512 core; what work costs is not. */
  public static final Machine ZEN4 = AVX512.named("one Zen 4 core");

  /** An AVX-512 core whose products are of bfloat16, by vectors of pairs. */
  public static final Machine AVX512_BF16 =
      AVX512.rounding("one core with AVX512_BF16", RoundingUnit.PAIRS);

  /** An AVX-512 core whose products are of bfloat16, in registers for matrices. */
  public static final Machine AMX = AVX512.rounding("one core with AMX", RoundingUnit.TILES);

  /**
   * 6 x 1 accumulators of two registers, 2 weights and 1 broadcast fill 15 of 16. Vectors half as wide take twice as
   * long to multiply, but not to move.
   */
  public static final Machine AVX2 =
      new Machine(
          "one AVX2 core",
          8,
          16,
          new ProductTile(6, 1),
          4,
          new Caches(7 << 10, 96 << 10, 256 << 10, 128 << 10, 384),
          AVX512.fusion(),
          new SkippingRule(true, true, 3, 5, 6, 1),
          new HalvingRule(32, 96, 192),
          new WinogradRule(3.3, 1.6, 6),
          RoundingUnit.NONE);

  /** A core that cannot do AVX2, on which everything runs as there but for what needs its permutations. */
  public static final Machine SSE =
      new Machine(
          "one SSE4 core",
          4,
          AVX2.registers(),
          AVX2.tile(),
          AVX2.depthwiseColumns(),
          AVX2.caches(),
          AVX2.fusion(),
          SkippingRule.NEVER,
          AVX2.halving(),
          AVX2.winograd(),
          RoundingUnit.NONE);

  /**
   * A device: no slabs in cache, no zeros left out, no halves. Bands are rounded for the tile of an AVX-512 core, whose
   * prices stand in for its own.
   */
  public static final Machine DEVICE =
      new Machine(
          "a device",
          1,
          0,
          AVX512.tile(),
          1,
          Caches.NONE,
          new FusionRule(28 * 28, 0, FusionRule.Reach.LAYER),
          SkippingRule.NEVER,
          HalvingRule.NEVER,
          WinogradRule.NEVER,
          RoundingUnit.NONE);

  /**
   * NVIDIA's, from sm_80 on: registers and shared memory hold what a processor's caches do. A band is a whole number of the
   * rows that a work-item computes; its channels cost by sixteens.
   */
  public static final Machine CUDA =
      new Machine(
          "an NVIDIA device",
          1,
          0,
          new ProductTile(8, 1),
          1,
          Caches.NONE,
          new FusionRule(
              0,
              0,
              FusionRule.Reach.PROJECTION,
              new WholeBlockRule(Optional.of(DevicePrices.H200)),
              new PoolRule(Optional.of(DevicePrices.H200))),
          SkippingRule.NEVER,
          HalvingRule.NEVER,
          WinogradRule.NEVER,
          RoundingUnit.NONE);

  /** The same where products are of bfloat16, on tensor cores. */
  public static final Machine CUDA_BF16 = CUDA.rounding("an NVIDIA device in bf16", RoundingUnit.BFLOAT_WARPS);

  /** The same in float16. */
  public static final Machine CUDA_FP16 = CUDA.rounding("an NVIDIA device in fp16", RoundingUnit.HALF_WARPS);

  /** The same in TF32. */
  public static final Machine CUDA_TF32 = CUDA.rounding("an NVIDIA device in tf32", RoundingUnit.TF32_WARPS);

  private Machines() {}
}
