package dev.lowpass.testsuite.cuda;

/**
 * What a kernel takes of a GPU, as NVIDIA's assembler says.
 *
 * @param registers for each work-item, at most 255
 * @param stackBytes of slow memory for each work-item: arrays that are no registers, and what was spilled
 * @param spills bytes of registers that are written to slow memory and read back, both counted
 * @param sharedBytes for each group
 */
public record KernelReport(String kernel, int registers, int stackBytes, int spills, int sharedBytes) {}
