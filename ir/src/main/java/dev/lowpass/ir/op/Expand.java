package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Repeats a tensor along axes of extent 1 and in front, as broadcasting does, up to {@code shape}. Operand: x of any
 * shape that broadcasts to it.
 */
public record Expand(Shape shape) implements Rearrangement {
  static Expand parse(Attributes attributes) {
    return new Expand(new Shape(attributes.wholes("shape")));
  }

  @Override
  public String mnemonic() {
    return "expand";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("shape", shape.dims());
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatial(operands.get(0));
    if (!Shape.broadcast(input.shape(), shape).equals(shape)) {
      throw new IllegalArgumentException(input + " cannot be expanded to " + shape);
    }
    return input.withShape(shape);
  }

  @Override
  public ChannelUse channels(List<TensorType> operands) {
    return ChannelUse.PLACED;
  }

  @Override
  public CoefficientUse coefficients(List<TensorType> operands) {
    return CoefficientUse.NONE;
  }

  @Override
  public boolean movesNothing(TensorType input) {
    return input.shape().equals(shape);
  }

  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    return earlier instanceof Expand ? Optional.of(this) : Optional.empty();
  }
}
