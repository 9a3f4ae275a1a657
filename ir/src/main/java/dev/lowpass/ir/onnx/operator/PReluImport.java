package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** PRelu; before opset 7 a slope of rank 1 has one number a channel. */
final class PReluImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Value slope = node.operand(1);
    Shape shape = slope.type().shape();
    int rank = x.type().shape().rank();
    if (node.opset() < 7 && shape.rank() == 1 && rank > 2) {
      List<Integer> dims = new ArrayList<>(shape.dims());
      dims.addAll(Collections.nCopies(rank - 2, 1));
      slope = node.add("slopes", new Reshape(new Shape(dims)), slope);
    }
    if (!Shape.broadcast(x.type().shape(), slope.type().shape()).equals(x.type().shape())) {
      throw new IllegalArgumentException("slope of shape " + shape + " for an operand of " + x.type());
    }
    node.result(new Binary(Binary.Kind.PRELU), x, slope);
  }
}
