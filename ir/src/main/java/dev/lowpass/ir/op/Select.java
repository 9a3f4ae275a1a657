package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import java.util.List;

/**
 * Where a condition is true, an element of one tensor, else of another (ONNX Where), all broadcast. Operands: condition
 * (bool), x and y of one type, all spatial.
 */
public record Select() implements Scalar, Opaque {
  @Override
  public String mnemonic() {
    return "select";
  }

  @Override
  public Attributes attributes() {
    return Attributes.none();
  }

  @Override
  public TensorType infer(List<TensorType> operands) {
    Operands.count(operands, 3, 3);
    operands.forEach(Operands::spatial);
    TensorType condition = operands.get(0);
    TensorType x = operands.get(1);
    TensorType y = operands.get(2);
    if (condition.element() != ElementType.BOOL || x.element() != y.element()) {
      throw new IllegalArgumentException("takes a condition of bool and two of one type, not " + operands);
    }
    return x.withShape(Shape.broadcast(condition.shape(), Shape.broadcast(x.shape(), y.shape())));
  }
}
