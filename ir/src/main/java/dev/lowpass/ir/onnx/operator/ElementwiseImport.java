package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.HardSigmoid;
import java.util.function.Function;

/** Functions of one operand whose IR operator follows from the attributes: Relu, Sigmoid, HardSigmoid, Tanh, … */
final class ElementwiseImport implements OperatorImport {
  private final Function<OnnxAttributes, Elementwise> function;

  ElementwiseImport(Function<OnnxAttributes, Elementwise> function) {
    this.function = function;
  }

  ElementwiseImport(Elementwise function) {
    this(attributes -> function);
  }

  static ElementwiseImport hardSigmoid() {
    return new ElementwiseImport(
        attributes -> new HardSigmoid(attributes.real("alpha", 0.2f), attributes.real("beta", 0.5f)));
  }

  @Override
  public void convert(NodeImport node) {
    node.result(function.apply(node.attributes()), node.operand(0));
  }
}
