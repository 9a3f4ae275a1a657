package dev.lowpass.ir.op;

/**
 * A function of numbers, applied to the elements of all operands that have one place. Operands broadcast to the shape of
 * the result.
 */
public sealed interface Scalar extends Op permits Elementwise, Binary, Bitwise, Cast, Comparison, IsNan, Select {}
