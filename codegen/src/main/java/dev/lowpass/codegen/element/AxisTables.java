package dev.lowpass.codegen.element;

/**
 * Where the weights of one axis lie in the parameters, for each output as many.
 *
 * @param first offset of a table of integers: the first input of each output
 * @param weights offset of [outputs][taps]
 */
public record AxisTables(int first, int weights, int taps) {}
