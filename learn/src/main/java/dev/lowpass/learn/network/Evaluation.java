package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.BlockTransform;
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
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Softmax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pass through a graph, node by node. */
final class Evaluation {
  private final Map<String, NDArray> values = new LinkedHashMap<>();
  private final LayerInput layerInput;
  private final TorchFunctions functions;

  Evaluation(
      Map<String, NDArray> inputs,
      Map<String, NDArray> constants,
      LayerInput layerInput,
      TorchFunctions functions) {
    values.putAll(inputs);
    values.putAll(constants);
    this.layerInput = layerInput;
    this.functions = functions;
  }

  NDArray get(Value value) {
    NDArray array = values.get(value.name());
    if (array == null) {
      throw new IllegalArgumentException("no value for %" + value.name() + "; there are " + values.keySet());
    }
    return array;
  }

  void visit(Node node) {
    if (!(node.op() instanceof Constant)) {
      values.put(node.name(), compute(node, node.operands().stream().map(this::get).toList()));
    }
  }

  private static NDArray softmax(Node node, int axis, NDArray x) {
    if (axis == 0) {
      Batch.requireGraphs(node, x);
    }
    return x.softmax(axis);
  }

  private NDArray compute(Node node, List<NDArray> operands) {
    NDArray first = operands.getFirst();
    return switch (node.op()) {
      case Constant _ -> throw new IllegalStateException("constants have values already");
      case Pointwise _ -> Convolving.pointwise(layerInput.of(node, first), operands);
      case Depthwise depthwise -> Convolving.depthwise(depthwise.window(), operands);
      case Convolution convolution -> Convolving.convolution(convolution.window(), convolution.groups(), operands);
      case MatrixProduct _ -> first.matMul(operands.get(1));
      case BlockTransform transform ->
          throw new IllegalArgumentException(node.name() + ": " + transform.mnemonic() + " in a graph to train");
      case Elementwise elementwise -> Arithmetic.elementwise(elementwise, first, functions);
      case Binary binary -> Arithmetic.binary(binary.kind(), first, operands.get(1));
      case BatchNormalization normalization -> Arithmetic.normalization(normalization.epsilon(), operands);
      case GlobalAveragePool _ -> Pooling.global(first);
      case AveragePool pool -> Pooling.average(pool, first);
      case MaxPool pool -> Pooling.max(pool, first);
      case Resize resize -> Resizing.resize(resize, node.operand(0).type().shape(), first);
      case Softmax softmax -> softmax(node, softmax.axis(), first);
      case Reduce reduce -> Reducing.reduce(reduce, first);
      case Opaque general ->
          throw new IllegalArgumentException(node.name() + ": " + general.mnemonic() + " cannot be trained through");
      case Rearrangement rearrangement -> new Moving(node).apply(rearrangement, operands);
    };
  }
}
