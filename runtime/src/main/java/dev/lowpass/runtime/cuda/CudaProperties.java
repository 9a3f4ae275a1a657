package dev.lowpass.runtime.cuda;

/**
 * What a device says of itself.
 *
 * @param name for people
 * @param capability ten times the major number of its compute capability, and the minor one: 80 for {@code sm_80}
 * @param memoryBytes of its own memory
 * @param driver the newest version of CUDA that the driver knows, for people: {@code 12.6}
 */
public record CudaProperties(String name, int capability, long memoryBytes, String driver) {}
