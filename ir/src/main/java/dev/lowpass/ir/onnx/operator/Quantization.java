package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Numbers as integers between: (q - zero point) · scale, of integers of up to 16 bits exactly. */
final class Quantization {
  private Quantization() {}

  /** The q of {@code x} as {@code element}: x / scale to the nearest, halves to even, and the ends beyond them. */
  static Value quantized(NodeImport node, Value x, Value scale, Value zeroPoint, ElementType element) {
    Value scaled = node.add("scaled", new Binary(Binary.Kind.DIV), x, scale);
    return saturated(node, scaled, zeroPoint, element);
  }

  /**
   * {@code scaled} to the nearest, moved by the zero point.
   *
   * @param zeroPoint as f32
   */
  static Value saturated(NodeImport node, Value scaled, Value zeroPoint, ElementType element) {
    Value rounded = node.add("rounded", new MathFunction(MathFunction.Kind.ROUND), scaled);
    Value moved = node.add("moved", Binary.add(), rounded, zeroPoint);
    Value bounded = node.add("bounded", new Clip((float) element.least(), (float) element.most()), moved);
    return node.add("quantized", new Cast(element), bounded);
  }

  /** {@code q} less the zero point of operand {@code index}, if it is there, as f32: exact up to 16 bits. */
  static Value centred(NodeImport node, Value q, int index, Shape zeroPoints) {
    Value number = single(node, q, "number");
    if (!node.hasOperand(index)) {
      return number;
    }
    Value zero = reshaped(node, single(node, node.operand(index), "zero"), zeroPoints, "zeros");
    return node.add("centred", new Binary(Binary.Kind.SUB), number, zero);
  }

  static Value single(NodeImport node, Value value, String suffix) {
    return value.type().element() == ElementType.F32 ? value : node.add(suffix, new Cast(ElementType.F32), value);
  }

  /** Operand {@code index} as f32, or 0 where it is missing. */
  static Value zeroPoint(NodeImport node, int index) {
    return node.hasOperand(index)
        ? scalarWhereOne(node, single(node, node.operand(index), "zero"))
        : node.add("zero", Tensor.scalar(0));
  }

  private static Value scalarWhereOne(NodeImport node, Value value) {
    return value.type().shape().elements() == 1 ? reshaped(node, value, Shape.of(), "zero.scalar") : value;
  }

  /** Operand {@code index}, one number, as a scalar. */
  static Value scalar(NodeImport node, int index, String suffix) {
    return reshaped(node, node.operand(index), Shape.of(), suffix);
  }

  static Value reshaped(NodeImport node, Value value, Shape shape, String suffix) {
    return value.type().shape().equals(shape) ? value : node.add(suffix, new Reshape(shape), value);
  }

  /** The shape in which one number, or one for each place along {@code axis}, broadcasts to {@code rank} axes. */
  static Shape along(Shape parameter, int axis, int rank) {
    if (parameter.elements() == 1) {
      return Shape.of();
    }
    if (parameter.rank() != 1) {
      throw new IllegalArgumentException("parameters of shape " + parameter + "; one number or one axis");
    }
    List<Integer> dims = new ArrayList<>(Collections.nCopies(rank, 1));
    dims.set(axis, parameter.dim(0));
    return new Shape(dims);
  }
}
