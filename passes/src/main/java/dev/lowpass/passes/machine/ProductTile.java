package dev.lowpass.passes.machine;

/**
 * The sums of a product that stay in registers while channels of the input go by.
 *
 * @param rows positions, or coefficients of blocks
 * @param vectors vectors of output channels
 */
public record ProductTile(int rows, int vectors) {}
