package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of x that tuples of indices name, ONNX's GatherND. Operands: x of shape [B…, D1, …, Dq, S…] and indices of
 * shape [B…, I…, q]; the result has shape [B…, I…, S…].
 *
 * @param batch the number of axes B that both have in common
 * @see Indexed about indices outside
 */
public record GatherPoints(int batch) implements Indexed {
  static GatherPoints parse(Attributes attributes) {
    return new GatherPoints(attributes.whole("batch", 0));
  }

  @Override
  public String mnemonic() {
    return "gather_points";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("batch", batch, 0);
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 2);
    TensorType x = Operands.spatial(operands.get(0));
    TensorType indices = Indexed.indices(operands.get(1));
    int rank = indices.shape().rank();
    boolean fits =
        batch >= 0
            && rank > batch
            && x.shape().rank() >= batch
            && x.shape().dims().subList(0, batch).equals(indices.shape().dims().subList(0, batch));
    if (!fits || indices.shape().dim(-1) > x.shape().rank() - batch) {
      throw new IllegalArgumentException("points " + indices + " with " + batch + " axes of a batch in " + x);
    }
    int first = batch + indices.shape().dim(-1);
    List<Integer> dims = new ArrayList<>(indices.shape().dims().subList(0, rank - 1));
    dims.addAll(x.shape().dims().subList(first, x.shape().rank()));
    Shape shape = new Shape(dims);
    for (int axis = batch; axis < first; axis++) {
      Indexed.inside(x, axis, shape.elements());
    }
    return x.withShape(shape);
  }
}
