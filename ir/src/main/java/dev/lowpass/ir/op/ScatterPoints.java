package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * x with updates at the places that {@link GatherPoints} would read, ONNX's ScatterND. Operands: x of shape [D1, …, Dq,
 * S…], indices of shape [I…, q] and updates of shape [I…, S…]; the result is like x. Updates come in their order.
 *
 * @param join what an update and the element that is there become
 * @see Indexed about indices outside
 */
public record ScatterPoints(Join join) implements Indexed {
  static ScatterPoints parse(Attributes attributes) {
    return new ScatterPoints(Join.parse(attributes));
  }

  @Override
  public String mnemonic() {
    return "scatter_points";
  }

  @Override
  public Attributes attributes() {
    return join.in(Attributes.none());
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 3, 3);
    TensorType x = Operands.spatial(operands.get(0));
    join.fit(new GatherPoints(0).infer(operands.subList(0, 2)), operands.get(2));
    return x;
  }
}
