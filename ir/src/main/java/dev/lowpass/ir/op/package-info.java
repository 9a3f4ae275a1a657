/**
 * The operators: one record each, named as in ONNX where ONNX has one. An operator knows its attributes, infers its
 * result type from its operands' types, and says through small traits ({@link dev.lowpass.ir.op.Elementwise}, {@link
 * dev.lowpass.ir.op.CommutesWithTransform}) what a pass may do with it. Images are {@code [N, C, H, W]}.
 */
@NullMarked
package dev.lowpass.ir.op;

import org.jspecify.annotations.NullMarked;
