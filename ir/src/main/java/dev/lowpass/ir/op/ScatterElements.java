package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * x with updates at the places that {@link GatherElements} would read. Operands: x, indices, and updates of the shape of
 * the indices; the result is like x. Updates come in their order.
 *
 * @param axis counted from the front
 * @param join what an update and the element that is there become
 * @see Indexed about indices outside
 */
public record ScatterElements(int axis, Join join) implements Indexed {
  static ScatterElements parse(Attributes attributes) {
    return new ScatterElements(attributes.whole("axis"), Join.parse(attributes));
  }

  @Override
  public String mnemonic() {
    return "scatter_elements";
  }

  @Override
  public Attributes attributes() {
    return join.in(Attributes.none().with("axis", (long) axis));
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 3, 3);
    TensorType x = Operands.spatial(operands.get(0));
    TensorType indices = Indexed.indices(operands.get(1));
    GatherElements.fit(x, indices, axis);
    join.fit(x.withShape(indices.shape()), operands.get(2));
    return x;
  }
}
