package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The slices of one axis that indices name, ONNX's Gather. Operands: x of shape [A…, extent, B…] and indices of shape
 * [I…]; the result has shape [A…, I…, B…].
 *
 * @param axis counted from the front
 * @see Indexed about indices outside
 */
public record Gather(int axis) implements Indexed {
  static Gather parse(Attributes attributes) {
    return new Gather(attributes.whole("axis"));
  }

  @Override
  public String mnemonic() {
    return "gather";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("axis", (long) axis);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 2);
    TensorType x = Operands.spatial(operands.get(0));
    Shape indices = Indexed.indices(operands.get(1)).shape();
    if (axis < 0 || axis >= x.shape().rank()) {
      throw new IllegalArgumentException("axis " + axis + " of " + x);
    }
    List<Integer> dims = new ArrayList<>(x.shape().dims().subList(0, axis));
    dims.addAll(indices.dims());
    dims.addAll(x.shape().dims().subList(axis + 1, x.shape().rank()));
    Shape shape = new Shape(dims);
    Indexed.inside(x, axis, shape.elements());
    return x.withShape(shape);
  }
}
