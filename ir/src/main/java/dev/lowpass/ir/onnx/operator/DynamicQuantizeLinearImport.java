package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Select;
import java.util.stream.IntStream;

/** DynamicQuantizeLinear: to u8 by a scale that holds all elements and 0. */
final class DynamicQuantizeLinearImport implements OperatorImport {
  private static final float STEPS = 255;

  @Override
  public void convert(NodeImport node) {
    Value least = end(node, Reduce.Kind.MIN, Binary.Kind.MIN, "least");
    Value most = end(node, Reduce.Kind.MAX, Binary.Kind.MAX, "most");
    Value range = node.add("range", new Binary(Binary.Kind.SUB), most, least);
    Value step = node.add("step", new Binary(Binary.Kind.DIV), range, node.add("steps", Tensor.scalar(STEPS)));
    // Of zeros alone the scale would be 0; ONNX Runtime takes 1.
    Value none = node.add("none", new Comparison(Comparison.Kind.EQUAL), step, node.add("zero", Tensor.scalar(0)));
    Value scale = node.add("scale", new Select(), none, node.add("one", Tensor.scalar(1)), step);
    Value negative = node.add("negative", new MathFunction(MathFunction.Kind.NEG), least);
    Value place = node.add("place", new Binary(Binary.Kind.DIV), negative, scale);
    Value bounded = node.add("place.bounded", new Clip(0, STEPS), place);
    Value zero = node.add("place.rounded", new MathFunction(MathFunction.Kind.ROUND), bounded);
    Value quantized = Quantization.quantized(node, node.operand(0), scale, zero, ElementType.U8);
    node.alias(quantized);
    if (node.outputCount() > 1) {
      node.result(1, new Reshape(Shape.of()), scale);
    }
    if (node.outputCount() > 2) {
      node.result(2, new Cast(ElementType.U8), zero);
    }
  }

  /** The least or greatest of all elements and 0, a scalar. */
  private static Value end(NodeImport node, Reduce.Kind reduced, Binary.Kind joined, String suffix) {
    int rank = node.shape(0).rank();
    Reduce reduce = new Reduce(reduced, IntStream.range(0, rank).boxed().toList());
    Value found = node.add(suffix + ".element", reduce, node.operand(0));
    Value scalar = node.add(suffix + ".scalar", new Reshape(Shape.of()), found);
    return node.add(suffix, new Binary(joined), scalar, node.add(suffix + ".zero", Tensor.scalar(0)));
  }
}
