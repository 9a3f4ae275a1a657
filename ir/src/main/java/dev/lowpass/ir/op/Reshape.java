package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The same elements in row-major order under another shape; ONNX Reshape, Flatten, Squeeze and Unsqueeze with shapes
 * worked out.
 */
public record Reshape(Shape shape) implements Rearrangement {
  static Reshape parse(Attributes attributes) {
    return new Reshape(new Shape(attributes.wholes("shape")));
  }

  @Override
  public String mnemonic() {
    return "reshape";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("shape", shape.dims());
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 1, 1);
    TensorType input = Operands.spatial(operands.get(0));
    if (input.shape().elements() != shape.elements()) {
      throw new IllegalArgumentException(input + " has not the size of " + shape);
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
    return shape.equals(input.shape());
  }

  @Override
  public Optional<Rearrangement> after(Rearrangement earlier) {
    return earlier instanceof Reshape ? Optional.of(this) : Optional.empty();
  }
}
