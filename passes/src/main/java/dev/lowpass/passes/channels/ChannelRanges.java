package dev.lowpass.passes.channels;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.BlockTransform;
import dev.lowpass.ir.op.Clamp;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Rearrangement;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Interval analysis: the range of every channel of the images of a graph. Inputs, coefficients and what a layer with
 * bands computes of them have no bounds; an activation gives them, and layers with constant weights pass them on.
 */
final class ChannelRanges {
  private final GraphIndex index;
  private final Map<String, List<Range>> ranges = new LinkedHashMap<>();

  ChannelRanges(GraphIndex index) {
    this.index = index;
    for (Node node : index.graph().nodes()) {
      if (isImage(node.result()) && !node.operands().isEmpty() && isImage(node.operand(0))) {
        ranges.put(node.name(), result(node));
      }
    }
  }

  /** The range of each channel of {@code image}. */
  List<Range> of(Value image) {
    return ranges.getOrDefault(image.name(), Collections.nCopies(image.type().shape().dim(1), Range.ANY));
  }

  private static boolean isImage(Value value) {
    return value.type().isSpatial() && value.type().element() == ElementType.F32 && value.type().shape().rank() == 4;
  }

  /** Whether all that {@code node} reads beside its input are constants in single precision. */
  boolean hasConstantParameters(Node node) {
    return node.operands().stream().skip(1).allMatch(operand -> parameter(operand).isPresent());
  }

  private Optional<Tensor> parameter(Value value) {
    return index.constant(value).filter(tensor -> tensor.type().element() == ElementType.F32);
  }

  private List<Range> result(Node node) {
    List<Range> inputs = of(node.operand(0));
    return switch (node.op()) {
      case Convolution convolution -> filtered(node, padded(inputs, convolution.window()), convolution.groups());
      case Depthwise depthwise -> filtered(node, padded(inputs, depthwise.window()), inputs.size());
      case Pointwise pointwise when pointwise.limit().isEmpty() -> filtered(node, inputs, 1);
      case Pointwise _ -> of(node.result());
      case Elementwise function when function.clamp().filter(Clamp::onlyCuts).isPresent() ->
          inputs.stream().map(range -> ascending(function, range)).toList();
      case GlobalAveragePool _, AveragePool _ -> inputs.stream().map(ChannelRanges::mean).toList();
      case Elementwise _, Binary _, BatchNormalization _, MaxPool _, MatrixProduct _, Softmax _, Constant _ ->
          of(node.result());
      case BlockTransform _, Resize _, Rearrangement _, Opaque _ -> of(node.result());
    };
  }

  private static Range ascending(Elementwise function, Range range) {
    return new Range(function.apply(range.low()), function.apply(range.high()));
  }

  /** Of how many elements does not matter to a bound this far from tight; padding may count as 0. */
  private static Range mean(Range range) {
    return new Range(2 * range.orZero().low(), 2 * range.orZero().high());
  }

  private static List<Range> padded(List<Range> inputs, Window window) {
    return window.pads().equals(Window.NO_PADS) ? inputs : inputs.stream().map(Range::orZero).toList();
  }

  /** Weights [outputs, inputs of a group, ...], whose further axes are the kernel, or [channels, ...]. */
  private List<Range> filtered(Node node, List<Range> inputs, int groups) {
    if (!hasConstantParameters(node) || node.operand(1).type().shape().elements() == 0) {
      return of(node.result());
    }
    float[] weights = parameter(node.operand(1)).orElseThrow().floats();
    Optional<Tensor> bias = node.operands().size() > 2 ? parameter(node.operand(2)) : Optional.empty();
    int outputs = node.operand(1).type().shape().dim(0);
    int filter = weights.length / outputs;
    int groupInputs = inputs.size() / groups;
    int kernel = filter / groupInputs;
    List<Range> results = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      int firstInput = output / (outputs / groups) * groupInputs;
      double offset = bias.isPresent() ? bias.get().at(output) : 0;
      double low = offset;
      double high = offset;
      double size = Math.abs(offset);
      for (int i = 0; i < filter; i++) {
        double factor = weights[output * filter + i];
        if (factor != 0) {
          Range input = inputs.get(firstInput + i / kernel);
          low += factor * (factor > 0 ? input.low() : input.high());
          high += factor * (factor > 0 ? input.high() : input.low());
          size += Math.abs(factor) * input.magnitude();
        }
      }
      results.add(new Range(low, high).rounded(filter + 1, size));
    }
    return results;
  }
}
