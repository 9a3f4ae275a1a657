package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import java.util.Optional;

/** Clip: bounds are attributes before opset 11, then operands. Bounds computed at run time become max and min. */
final class ClipImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    if (node.opset() < 11) {
      node.result(
          new Clip(node.attributes().real("min", -Float.MAX_VALUE), node.attributes().real("max", Float.MAX_VALUE)),
          node.operand(0));
      return;
    }
    Optional<Float> min = bound(node, 1, -Float.MAX_VALUE);
    Optional<Float> max = bound(node, 2, Float.MAX_VALUE);
    if (min.isPresent() && max.isPresent()) {
      node.result(new Clip(min.get(), max.get()), node.operand(0));
      return;
    }
    Value raised = node.operand(0);
    if (node.hasOperand(1)) {
      raised = node.add("raised", new Binary(Binary.Kind.MAX), raised, node.operand(1));
    }
    if (node.hasOperand(2)) {
      node.result(new Binary(Binary.Kind.MIN), raised, node.operand(2));
    } else {
      node.alias(raised);
    }
  }

  /** The bound if it is a known number or missing. */
  private static Optional<Float> bound(NodeImport node, int index, float missing) {
    if (!node.hasOperand(index)) {
      return node.operand(0).type().element().isFloating() ? Optional.of(missing) : Optional.empty();
    }
    Optional<Tensor> tensor = node.tensor(node.operand(index));
    if (tensor.isPresent() && tensor.get().shape().elements() != 1) {
      throw new IllegalArgumentException("a bound is one number, not " + tensor.get().type());
    }
    return tensor.filter(known -> known.type().element().isFloating()).map(known -> known.floats()[0]);
  }
}
