package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * For every index the element of x that lies at its own place on all axes but one, and there where it says. Operands: x
 * and indices of the same rank, along no other axis longer than x; the result has the shape of the indices.
 *
 * @param axis counted from the front
 * @see Indexed about indices outside
 */
public record GatherElements(int axis) implements Indexed {
  static GatherElements parse(Attributes attributes) {
    return new GatherElements(attributes.whole("axis"));
  }

  @Override
  public String mnemonic() {
    return "gather_elements";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", (long) axis);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 2);
    TensorType x = Operands.spatial(operands.get(0));
    TensorType indices = Indexed.indices(operands.get(1));
    fit(x, indices, axis);
    return x.withShape(indices.shape());
  }

  /** Refuses indices that do not lie beside {@code x}. */
  static void fit(TensorType x, TensorType indices, int axis) {
    Shape shape = indices.shape();
    if (axis < 0 || axis >= x.shape().rank() || shape.rank() != x.shape().rank()) {
      throw new IllegalArgumentException("indices " + indices + " along axis " + axis + " of " + x);
    }
    for (int other = 0; other < shape.rank(); other++) {
      if (other != axis && shape.dim(other) > x.shape().dim(other)) {
        throw new IllegalArgumentException("indices " + indices + " are longer than " + x + " along axis " + other);
      }
    }
    Indexed.inside(x, axis, shape.elements());
  }
}
