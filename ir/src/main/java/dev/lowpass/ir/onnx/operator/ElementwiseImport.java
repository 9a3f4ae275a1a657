package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Elu;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.LeakyRelu;
import dev.lowpass.ir.op.MathFunction;
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

  static ElementwiseImport leakyRelu() {
    return new ElementwiseImport(attributes -> new LeakyRelu(attributes.real("alpha", 0.01f)));
  }

  static ElementwiseImport elu() {
    return new ElementwiseImport(attributes -> new Elu(attributes.real("alpha", 1), 1));
  }

  static ElementwiseImport selu() {
    return new ElementwiseImport(
        attributes -> new Elu(attributes.real("alpha", 1.6732632f), attributes.real("gamma", 1.050701f)));
  }

  static ElementwiseImport gelu() {
    return new ElementwiseImport(
        attributes ->
            switch (attributes.text("approximate", "none")) {
              case "none" -> new MathFunction(MathFunction.Kind.GELU);
              case "tanh" -> new MathFunction(MathFunction.Kind.GELU_TANH);
              default -> throw new IllegalArgumentException(
                  "approximate is '" + attributes.text("approximate", "none") + "', neither none nor tanh");
            });
  }

  @Override
  public void convert(NodeImport node) {
    node.result(function.apply(node.attributes()), node.operand(0));
  }
}
