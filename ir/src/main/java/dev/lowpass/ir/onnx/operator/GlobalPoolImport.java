package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** GlobalAveragePool over any number of spatial axes; other than two are taken as [1, all]. */
final class GlobalPoolImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    if (shape.rank() == 4) {
      node.result(new GlobalAveragePool(), node.operand(0));
      return;
    }
    if (shape.rank() < 3) {
      throw new IllegalArgumentException("takes [N, C, ...], not " + shape);
    }
    int area = Math.toIntExact(new Shape(shape.dims().subList(2, shape.rank())).elements());
    Value image = node.add("map", new Reshape(Shape.of(shape.dim(0), shape.dim(1), 1, area)), node.operand(0));
    Value mean = node.add("mean", new GlobalAveragePool(), image);
    List<Integer> dims = new ArrayList<>(shape.dims().subList(0, 2));
    dims.addAll(Collections.nCopies(shape.rank() - 2, 1));
    node.result(new Reshape(new Shape(dims)), mean);
  }
}
