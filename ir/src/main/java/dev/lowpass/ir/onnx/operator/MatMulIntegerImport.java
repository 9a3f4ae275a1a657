package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.MatrixProduct;

/** MatMulInteger: exact sums as i32. */
final class MatMulIntegerImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value left = Quantization.centred(node, node.operand(0), 2, rows(node, 2));
    Value right = Quantization.centred(node, node.operand(1), 3, columns(node, 3));
    node.alias(product(node, left, right));
  }

  /** The exact product of whole numbers that are held as f32, as i32. */
  static Value product(NodeImport node, Value left, Value right) {
    if (left.type().shape().rank() < 2 || right.type().shape().rank() < 2) {
      throw node.unsupported("vectors: operands of " + left.type() + " and " + right.type());
    }
    long terms = left.type().shape().dim(-1);
    return IntegerProducts.of(
        node, right, terms, (factor, suffix) -> node.add(suffix, new MatrixProduct(), left, factor));
  }

  /** The shape of operand {@code index}, one number or one for each row of the left factor. */
  static Shape rows(NodeImport node, int index) {
    if (!node.hasOperand(index)) {
      return Shape.of();
    }
    Shape shape = node.shape(index);
    return shape.rank() == 1 && shape.dim(0) > 1 ? Shape.of(shape.dim(0), 1) : single(shape);
  }

  /** The shape of operand {@code index}, one number or one for each column of the right factor. */
  static Shape columns(NodeImport node, int index) {
    return node.hasOperand(index) ? single(node.shape(index)) : Shape.of();
  }

  private static Shape single(Shape shape) {
    return shape.elements() == 1 ? Shape.of() : shape;
  }
}
