/**
 * Tensors as ONNX stores them, read from and written to {@code TensorProto}: element types, raw and typed fields,
 * external data. Sizes are checked before anything is allocated.
 */
@NullMarked
package dev.lowpass.ir.onnx.tensor;

import org.jspecify.annotations.NullMarked;
