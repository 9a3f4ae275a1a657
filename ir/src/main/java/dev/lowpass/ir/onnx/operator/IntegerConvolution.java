package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Window;

/** Convolutions of integers, with exact sums as i32. */
final class IntegerConvolution {
  private IntegerConvolution() {}

  /**
   * The sums of maps [N, C, H, W] and kernels that are operands of {@code node}.
   *
   * @param kernel which operand has the kernels
   * @param zeroPoint which operand has the maps' zero point
   * @param kernelZeroPoint which has the kernels', one number or one for each of their outputs
   */
  static Value of(NodeImport node, int kernel, int zeroPoint, int kernelZeroPoint) {
    if (node.shape(0).rank() != 4) {
      throw node.unsupported("an operand of shape " + node.shape(0) + "; only [N, C, H, W]");
    }
    Shape kernels = node.shape(kernel);
    SlidingWindow sliding = new SlidingWindow(node);
    Window window = sliding.window(kernels.dims().subList(2, 4), node.shape(0));
    Convolution convolution = new Convolution(window, Math.toIntExact(node.attributes().integer("group", 1)));
    // What is beside the map is the zero point, which is 0 once it is taken off.
    Value map = Quantization.centred(node, node.operand(0), zeroPoint, Shape.of());
    Shape zeros =
        node.hasOperand(kernelZeroPoint) ? Quantization.along(node.shape(kernelZeroPoint), 0, 4) : Shape.of();
    Value weights = Quantization.centred(node, node.operand(kernel), kernelZeroPoint, zeros);
    long terms = kernels.elements() / Math.max(1, kernels.dim(0));
    return IntegerProducts.of(
        node, weights, terms, (factor, suffix) -> node.add(suffix, convolution, map, factor));
  }
}
