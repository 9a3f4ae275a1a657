/**
 * The operators: one record each, named as in ONNX where ONNX has one. An operator knows its attributes, infers its
 * result type from its operands' types, and says what a pass may do with it: by its family
 * ({@link dev.lowpass.ir.op.Elementwise}, {@link dev.lowpass.ir.op.Layer}, …), its
 * {@link dev.lowpass.ir.op.ChannelUse} and its {@link dev.lowpass.ir.op.CoefficientUse}. Images are
 * {@code [N, C, H, W]}.
 */
@NullMarked
package dev.lowpass.ir.op;

import org.jspecify.annotations.NullMarked;
