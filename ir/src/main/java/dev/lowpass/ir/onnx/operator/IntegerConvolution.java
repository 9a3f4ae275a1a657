package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import java.util.List;

/** Convolutions of integers, with exact sums as i32. */
final class IntegerConvolution {
  private IntegerConvolution() {}

  /**
   * The sums of maps [N, C, ...] and kernels [M, C / groups, ...] that are operands of {@code node}.
   *
   * @param kernel which operand has the kernels
   * @param zeroPoint which operand has the maps' zero point
   * @param kernelZeroPoint which has the kernels', one number or one for each of their outputs
   */
  static Value of(NodeImport node, int kernel, int zeroPoint, int kernelZeroPoint) {
    Shape kernels = node.shape(kernel);
    int rank = node.shape(0).rank();
    if (kernels.rank() != rank) {
      throw new IllegalArgumentException("weight of shape " + kernels + " for an operand of shape " + node.shape(0));
    }
    List<WindowAxis> axes = new SlidingWindow(node).axes(kernels.dims().subList(2, rank));
    int groups = Math.toIntExact(node.attributes().integer("group", 1));
    ConvolvedMaps maps = new ConvolvedMaps(node, axes.stream().map(WindowAxis::cropped).toList(), groups);
    // What is beside the map is the zero point, which is 0 once it is taken off.
    Value centred = Quantization.centred(node, node.operand(0), zeroPoint, Shape.of());
    Value map = SlidingWindow.cropped(node, centred, axes);
    Shape zeros =
        node.hasOperand(kernelZeroPoint) ? Quantization.along(node.shape(kernelZeroPoint), 0, rank) : Shape.of();
    Value weights = Quantization.centred(node, node.operand(kernel), kernelZeroPoint, zeros);
    long terms = kernels.elements() / Math.max(1, kernels.dim(0));
    return IntegerProducts.of(
        node,
        weights,
        terms,
        (factor, suffix) -> maps.of(map, List.of(factor), (op, operands) -> node.add(suffix, op, operands)));
  }
}
