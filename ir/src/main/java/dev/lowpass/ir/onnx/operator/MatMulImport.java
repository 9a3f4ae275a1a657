package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** MatMul, with vectors as matrices of one row (left) or one column (right) as in numpy. */
final class MatMulImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value left = node.operand(0);
    Value right = node.operand(1);
    if (left.type().shape().rank() > 1 && right.type().shape().rank() > 1) {
      node.result(new MatrixProduct(), left, right);
    } else {
      node.alias(ofVectors(node, left, right, (a, b) -> node.add("product", new MatrixProduct(), a, b)));
    }
  }

  /** A product where either may be a vector, made by one of matrices. */
  static Value ofVectors(NodeImport node, Value left, Value right, BinaryOperator<Value> ofMatrices) {
    boolean row = left.type().shape().rank() == 1;
    boolean column = right.type().shape().rank() == 1;
    Value a = row ? node.add("row", new Reshape(Shape.of(1, left.type().shape().dim(0))), left) : left;
    Value b = column ? node.add("column", new Reshape(Shape.of(right.type().shape().dim(0), 1)), right) : right;
    Value product = ofMatrices.apply(a, b);
    List<Integer> dims = new ArrayList<>(product.type().shape().dims());
    if (column) {
      dims.removeLast();
    }
    if (row) {
      dims.remove(dims.size() - (column ? 1 : 2));
    }
    return new Arithmetic(node).reshaped(new Shape(dims), product);
  }
}
