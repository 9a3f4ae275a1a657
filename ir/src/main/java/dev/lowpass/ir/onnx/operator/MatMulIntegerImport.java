package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.MatrixProduct;

/** MatMulInteger: exact sums as i32. */
final class MatMulIntegerImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value left = Quantization.centred(node, node.operand(0), 2, rows(node, 2, 1));
    Value right = Quantization.centred(node, node.operand(1), 3, columns(node, 3, 1));
    node.alias(product(node, left, right));
  }

  /** The exact product of whole numbers that are held as f32, as i32. */
  static Value product(NodeImport node, Value left, Value right) {
    return MatMulImport.ofVectors(node, left, right, (a, b) -> ofMatrices(node, a, b));
  }

  private static Value ofMatrices(NodeImport node, Value left, Value right) {
    long terms = left.type().shape().dim(-1);
    return IntegerProducts.of(
        node, right, terms, (factor, suffix) -> node.add(suffix, new MatrixProduct(), left, factor));
  }

  /**
   * The shape of operand {@code index}, one number or one for each row of the left factor.
   *
   * @param right the operand that is the right factor; the left one is operand 0
   */
  static Shape rows(NodeImport node, int index, int right) {
    if (!node.hasOperand(index)) {
      return Shape.of();
    }
    Shape shape = parameter(node, index, right);
    return shape.rank() == 1 && shape.dim(0) > 1 ? Shape.of(shape.dim(0), 1) : single(shape);
  }

  /** The shape of operand {@code index}, one number or one for each column of the right factor. */
  static Shape columns(NodeImport node, int index, int right) {
    return node.hasOperand(index) ? single(parameter(node, index, right)) : Shape.of();
  }

  private static Shape parameter(NodeImport node, int index, int right) {
    Shape shape = node.shape(index);
    if (shape.elements() != 1 && (node.shape(0).rank() < 2 || node.shape(right).rank() < 2)) {
      throw node.unsupported("parameters of shape %s for a product with a vector".formatted(shape));
    }
    return shape;
  }

  private static Shape single(Shape shape) {
    return shape.elements() == 1 ? Shape.of() : shape;
  }
}
