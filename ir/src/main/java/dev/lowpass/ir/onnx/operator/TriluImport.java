package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Select;

/** Trilu: the upper or lower triangle of matrices, up to the diagonal {@code k}, and 0 elsewhere. */
final class TriluImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    if (shape.rank() < 2) {
      throw new IllegalArgumentException("a triangle of " + shape + ", which is no matrix");
    }
    long diagonal = node.constant(1, "a diagonal").map(tensor -> tensor.integers()[0]).orElse(0L);
    boolean upper = node.attributes().integer("upper", 1) != 0;
    Shape matrix = Shape.of(shape.dim(-2), shape.dim(-1));
    node.spend(matrix, true);
    long[] kept = new long[(int) matrix.elements()];
    for (int i = 0; i < kept.length; i++) {
      long offset = i % matrix.dim(1) - (long) (i / matrix.dim(1));
      kept[i] = (upper ? offset >= diagonal : offset <= diagonal) ? 1 : 0;
    }
    Value mask = node.add("triangle", Tensor.ofIntegers(ElementType.BOOL, kept, matrix));
    ElementType element = node.operand(0).type().element();
    Tensor zero =
        element.isFloating() ? Tensor.of(new float[1], Shape.of()) : Tensor.ofIntegers(element, new long[1], Shape.of());
    node.result(new Select(), mask, node.operand(0), node.add("zero", zero));
  }
}
