package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.lowpass.ir.op.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers with weights. Operands are those of {@link dev.lowpass.ir.op.Layer}. */
final class Convolving {
  private static final Shape ONES = new Shape(1, 1);
  private static final Shape NO_PADS = new Shape(0, 0);

  private Convolving() {}

  static NDArray pointwise(NDArray input, List<NDArray> operands) {
    NDArray weight = operands.get(1);
    Shape shape = weight.getShape();
    return Conv2d.conv2d(
            input, weight.reshape(shape.get(0), shape.get(1), 1, 1), bias(operands), ONES, NO_PADS, ONES, 1)
        .singletonOrThrow();
  }

  static NDArray depthwise(Window window, List<NDArray> operands) {
    Shape shape = operands.get(1).getShape();
    NDArray weight = operands.get(1).reshape(shape.get(0), 1, shape.get(1), shape.get(2));
    return convolution(window, Math.toIntExact(shape.get(0)), operands, weight);
  }

  static NDArray convolution(Window window, int groups, List<NDArray> operands) {
    return convolution(window, groups, operands, operands.get(1));
  }

  private static NDArray convolution(Window window, int groups, List<NDArray> operands, NDArray weight) {
    Edges edges = Edges.of(window);
    NDArray input = edges.around(operands.getFirst(), 0);
    Shape strides = new Shape(window.stride(0), window.stride(1));
    Shape dilations = new Shape(window.dilations().get(0), window.dilations().get(1));
    return Conv2d.conv2d(input, weight, bias(operands), strides, edges.symmetric(), dilations, groups)
        .singletonOrThrow();
  }

  private static @Nullable NDArray bias(List<NDArray> operands) {
    return operands.size() > 2 ? operands.get(2) : null;
  }
}
