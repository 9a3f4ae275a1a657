package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Det of small matrices, by their minors. */
final class DeterminantImport implements OperatorImport {
  /** The number of products grows with the factorial. */
  private static final int LARGEST = 4;

  @Override
  public void convert(NodeImport node) {
    Shape shape = node.shape(0);
    if (shape.rank() < 2 || shape.dim(-1) != shape.dim(-2) || shape.dim(-1) == 0) {
      throw new IllegalArgumentException("matrices of shape " + shape);
    }
    int size = shape.dim(-1);
    if (size > LARGEST) {
      throw node.unsupported("matrices of %d rows (at most %d are read)".formatted(size, LARGEST));
    }
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      columns.add(i);
    }
    Value determinant = determinant(node, 0, columns);
    node.alias(new Arithmetic(node).reshaped(new Shape(shape.dims().subList(0, shape.rank() - 2)), determinant));
  }

  /** Of the rows from {@code row} on, without all other columns: [..., 1, 1]. */
  private static Value determinant(NodeImport node, int row, List<Integer> columns) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value line = arithmetic.part(node.operand(0), node.shape(0).rank() - 2, row, 1);
    Value sum = term(node, line, row, columns, 0);
    for (int i = 1; i < columns.size(); i++) {
      Value term = term(node, line, row, columns, i);
      sum = i % 2 == 0 ? arithmetic.plus(sum, term) : arithmetic.minus(sum, term);
    }
    return sum;
  }

  /** An element of a row times the determinant of what is in no row and no column of it. */
  private static Value term(NodeImport node, Value line, int row, List<Integer> columns, int index) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value element = arithmetic.part(line, node.shape(0).rank() - 1, columns.get(index), 1);
    if (columns.size() == 1) {
      return element;
    }
    List<Integer> rest = new ArrayList<>(columns);
    rest.remove(index);
    return arithmetic.times(element, determinant(node, row + 1, rest));
  }
}
