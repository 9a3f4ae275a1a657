package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product over the last two axes, leading axes broadcast (ONNX MatMul for rank 2 and above): [.., R, K] x [..,
 * K, N].
 */
public record MatrixProduct() implements Op {
  @Override
  public String mnemonic() {
    return "matmul";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 2, 2);
    TensorType left = Operands.floating(Operands.spatial(operands.get(0)));
    Shape a = left.shape();
    Shape b = Operands.floating(Operands.spatial(operands.get(1))).shape();
    if (a.rank() < 2 || b.rank() < 2 || a.dim(-1) != b.dim(-2)) {
      throw new IllegalArgumentException("no product of " + a + " and " + b);
    }
    Shape leading =
        Shape.broadcast(new Shape(a.dims().subList(0, a.rank() - 2)), new Shape(b.dims().subList(0, b.rank() - 2)));
    List<Integer> dims = new ArrayList<>(leading.dims());
    dims.add(a.dim(-2));
    dims.add(b.dim(-1));
    return left.withShape(new Shape(dims));
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }
}
