package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * Dropout, which drops nothing at inference: its mask is all true, or ones before opset 10. From opset 12 on a third
 * operand can ask for training, which is refused unless its ratio is 0.
 */
final class DropoutImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    if (node.opset() >= 12 && isTrue(node.constant(2, "training_mode")) && ratio(node) != 0) {
      throw node.unsupported("training_mode = true");
    }
    if (node.isRead(1)) {
      Shape shape = node.shape(0);
      node.spend(shape, true);
      node.alias(1, node.add("mask", mask(node.opset(), shape)));
    }
    node.alias(node.operand(0));
  }

  private static Tensor mask(int opset, Shape shape) {
    int elements = Math.toIntExact(shape.elements());
    if (opset < 10) {
      float[] ones = new float[elements];
      Arrays.fill(ones, 1);
      return Tensor.of(ones, shape);
    }
    long[] truths = new long[elements];
    Arrays.fill(truths, 1);
    return Tensor.ofIntegers(ElementType.BOOL, truths, shape);
  }

  private static boolean isTrue(Optional<Tensor> training) {
    return training.isPresent() && training.get().at(0) != 0;
  }

  private static double ratio(NodeImport node) {
    return node.constant(1, "ratio").map(ratio -> ratio.at(0)).orElse(0.5);
  }
}
