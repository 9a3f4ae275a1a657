/**
 * ONNX in and out. {@link dev.lowpass.ir.onnx.OnnxReader} turns a model into a graph of IR operators with all shapes
 * worked out, {@link dev.lowpass.ir.onnx.OnnxWriter} writes a graph, {@link dev.lowpass.ir.onnx.OnnxAnnotation} adds
 * bands to a model file. How one operator is imported is in {@code operator}, how tensors are stored in {@code tensor}.
 * Files are not trusted.
 */
@NullMarked
package dev.lowpass.ir.onnx;

import org.jspecify.annotations.NullMarked;
