package dev.lowpass.codegen.artifact;

/**
 * What a compiled model needs of memory, in bytes.
 *
 * @param parameterBytes packed weights and tables
 * @param scratchBytes intermediate values of the whole network, as placed
 * @param workerBytes private memory of each worker, besides
 * @param largestLiveBytes intermediate values that are alive at once at the worst step; the least that scratch can be
 */
public record MemorySummary(long parameterBytes, long scratchBytes, long workerBytes, long largestLiveBytes) {}
