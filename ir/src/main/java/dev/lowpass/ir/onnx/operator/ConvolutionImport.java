package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Window;
import java.util.List;

/** Conv: pointwise and depthwise forms included, which passes recognise later. */
final class ConvolutionImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    SlidingWindow sliding = new SlidingWindow(node);
    Value image = sliding.image(0, "map");
    Value weight = sliding.image(1, "kernel");
    List<Integer> dims = weight.type().shape().dims();
    if (dims.size() != 4) {
      throw new IllegalArgumentException(
          "weight of shape " + node.shape(1) + " for an operand of shape " + node.shape(0));
    }
    List<Integer> kernel = dims.subList(2, 4);
    if (node.attributes().has("kernel_shape") && !sliding.kernel().equals(kernel)) {
      throw new IllegalArgumentException(
          "kernel_shape is " + sliding.kernel() + ", but the weight has shape " + node.shape(1));
    }
    Window window = sliding.window(kernel, image.type().shape());
    Convolution convolution = new Convolution(window, Math.toIntExact(node.attributes().integer("group", 1)));
    if (node.hasOperand(2)) {
      sliding.result(convolution, image, weight, node.operand(2));
    } else {
      sliding.result(convolution, image, weight);
    }
  }
}
