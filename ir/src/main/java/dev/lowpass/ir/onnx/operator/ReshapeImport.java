package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;

/** Reshape to a constant shape: 0 copies an extent (unless allowzero), one -1 takes what is left. */
final class ReshapeImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    List<Long> wanted =
        node.integers(1, "a shape").orElseThrow(() -> new IllegalArgumentException("the shape is missing"));
    node.result(new Reshape(shape(wanted, node.shape(0), node.attributes().flag("allowzero"))), node.operand(0));
  }

  private static int copied(int axis, List<Long> wanted, Shape input) {
    if (axis >= input.rank()) {
      throw new IllegalArgumentException(
          "the 0 at axis %d of shape %s copies an extent, but the operand %s has rank %d"
              .formatted(axis, wanted, input, input.rank()));
    }
    return input.dim(axis);
  }

  private static Shape shape(List<Long> wanted, Shape input, boolean zeroIsZero) {
    List<Integer> dims = new ArrayList<>();
    int open = -1;
    for (int axis = 0; axis < wanted.size(); axis++) {
      long extent = wanted.get(axis);
      if (extent == -1 && open < 0) {
        open = axis;
        dims.add(1);
      } else if (extent == 0 && !zeroIsZero) {
        dims.add(copied(axis, wanted, input));
      } else if (extent >= 0) {
        dims.add(Math.toIntExact(extent));
      } else {
        throw new IllegalArgumentException("shape " + wanted);
      }
    }
    Shape known = new Shape(dims);
    if (open < 0) {
      return known;
    }
    if (known.elements() == 0 || input.elements() % known.elements() != 0) {
      throw new IllegalArgumentException(input + " does not fit into " + wanted);
    }
    return known.with(open, Math.toIntExact(input.elements() / known.elements()));
  }
}
