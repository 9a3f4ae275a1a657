package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.tvm.CpuTarget;

/**
 * What kernels need to know of a processor: how large a tile its registers hold. A vector here is 16 lanes, one
 * register of AVX-512 and two of AVX2.
 *
 * @param tileRows rows of a product's register tile
 * @param tileVectors vectors of output channels of a product's register tile
 * @param depthwiseColumns most neighbouring outputs that a depthwise kernel keeps in registers
 * @param nearElements float32 elements that stay in a core's first-level cache from one kernel to the next
 * @param cacheElements float32 elements of a core's second-level cache that one task may fill
 */
public record Machine(
    CpuTarget target, int tileRows, int tileVectors, int depthwiseColumns, int nearElements, int cacheElements) {
  public static Machine of(CpuTarget target) {
    // 14 x 2 accumulators, 2 weights and 1 broadcast fill 31 of 32 registers; 6 x 1 double registers do so with 16.
    return target.vectorLanes() >= 16
        ? new Machine(target, 14, 2, 14, 11 << 10, 128 << 10)
        : new Machine(target, 6, 1, 4, 7 << 10, 96 << 10);
  }
}
