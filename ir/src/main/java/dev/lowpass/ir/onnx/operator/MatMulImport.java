package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;

/** MatMul, with vectors as matrices of one row (left) or one column (right) as in numpy. */
final class MatMulImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value left = node.operand(0);
    Value right = node.operand(1);
    boolean row = left.type().shape().rank() == 1;
    boolean column = right.type().shape().rank() == 1;
    if (!row && !column) {
      node.result(new MatrixProduct(), left, right);
      return;
    }
    Value a = row ? node.add("row", new Reshape(Shape.of(1, left.type().shape().dim(0))), left) : left;
    Value b = column ? node.add("column", new Reshape(Shape.of(right.type().shape().dim(0), 1)), right) : right;
    Value product = node.add("product", new MatrixProduct(), a, b);
    List<Integer> dims = new ArrayList<>(product.type().shape().dims());
    if (column) {
      dims.removeLast();
    }
    if (row) {
      dims.remove(dims.size() - (column ? 1 : 2));
    }
    node.result(new Reshape(new Shape(dims)), product);
  }
}
