package dev.lowpass.ir.op;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * The same elements in row-major order under another shape; ONNX Reshape, Flatten, Squeeze and Unsqueeze with shapes
 * worked out.
 */
public record Reshape(Shape shape) implements Op {
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
}
