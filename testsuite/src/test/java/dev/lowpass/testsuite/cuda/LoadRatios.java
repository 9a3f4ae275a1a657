package dev.lowpass.testsuite.cuda;

/**
 * How much a kernel waits for memory: instructions that load, for each multiply-add of a work-item.
 *
 * @param sharedPerMac from shared memory
 * @param globalPerMac from global memory, caches or not
 * @param vectorShare which part of the loaded bytes comes by 8 or more at once
 */
public record LoadRatios(double sharedPerMac, double globalPerMac, double vectorShare) {}
