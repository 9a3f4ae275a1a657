package dev.lowpass.ir.op;

/**
 * A layer with weights: operand 0 is an image, operand 1 weights with the output channels as first axis, operand 2, if
 * there is one, a bias of one number an output channel.
 */
public sealed interface Layer extends Op permits Pointwise, Depthwise, Convolution {}
