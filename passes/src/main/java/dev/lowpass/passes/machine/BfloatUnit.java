package dev.lowpass.passes.machine;

/** What multiplies bfloat16 numbers and adds up in float32. */
public enum BfloatUnit {
  /** Nothing, or nothing is asked of it: products are float32. */
  NONE,
  /** A vector instruction adds two products to each of 16 sums (AVX512_BF16, {@code vdpbf16ps}). */
  PAIRS,
  /** An instruction multiplies matrices of 16x32 and 32x16 in registers of their own (AMX, {@code tdpbf16ps}). */
  TILES
}
