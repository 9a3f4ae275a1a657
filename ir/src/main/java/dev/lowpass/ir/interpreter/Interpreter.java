package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.ChannelGather;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.DepthToSpace;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.MatrixProduct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Opaque;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Softmax;
import dev.lowpass.ir.op.Transpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/**
 * Executes graphs in double precision, exactly as they are written: bands included, nothing fused or reordered.
 *
 * <p>Inputs and outputs in the frequency domain are tensors of their {@link Numbers#storageShape(TensorType) storage
 * shape} [N, C, blocks, coefficients]. Stateless and thread-safe; the result does not depend on the number of
 * processors.
 */
public final class Interpreter {
  private Interpreter() {}

  /**
   * The outputs by name, in the graph's order, rounded to their element types.
   *
   * @throws LowpassException LP2901 if an input is missing or of another shape or element type
   */
  public static SequencedMap<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
    return run(graph, inputs, made -> made);
  }

  /**
   * The outputs where every number on the way is off by up to {@code relative} of itself, at random: what rounding may
   * do to them. For graphs whose own answer is a matter of rounding.
   *
   * @throws LowpassException as {@link #run(Graph, Map)}
   */
  public static SequencedMap<String, Tensor> disturbed(
      Graph graph, Map<String, Tensor> inputs, double relative, long seed) {
    Random random = new Random(seed);
    return run(
        graph,
        inputs,
        made -> {
          if (!made.type().element().isFloating()) {
            return made;
          }
          double[] near = made.values().clone();
          for (int i = 0; i < near.length; i++) {
            near[i] *= 1 + relative * random.nextDouble(-1, 1);
          }
          return new Numbers(made.type(), near);
        });
  }

  /** @param keep what becomes of each result */
  private static SequencedMap<String, Tensor> run(
      Graph graph, Map<String, Tensor> inputs, UnaryOperator<Numbers> keep) {
    Map<String, Numbers> values = bind(graph, inputs);
    Map<String, Integer> lastReader = lastReaders(graph);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      values.put(node.name(), keep.apply(evaluate(node, values)));
      for (Value operand : node.operands()) {
        if (lastReader.get(operand.name()) == i) {
          values.remove(operand.name());
        }
      }
    }
    SequencedMap<String, Tensor> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(output -> outputs.put(output.name(), values.get(output.value().name()).toTensor()));
    return outputs;
  }

  /** Every value of the graph by name, inputs first, unrounded. Holds all of them in memory. */
  public static SequencedMap<String, Numbers> trace(Graph graph, Map<String, Tensor> inputs) {
    SequencedMap<String, Numbers> values = bind(graph, inputs);
    graph.nodes().forEach(node -> values.put(node.name(), evaluate(node, values)));
    return values;
  }

  /** One operator on constant operands, rounded to its element type: what constant folding needs. */
  public static Tensor evaluate(Op op, List<Tensor> operands) {
    TensorType type = op.infer(operands.stream().map(Tensor::type).toList());
    return evaluate(op, operands.stream().map(Numbers::of).toList(), type).toTensor();
  }

  private static SequencedMap<String, Numbers> bind(Graph graph, Map<String, Tensor> inputs) {
    SequencedMap<String, Numbers> values = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      Tensor given = inputs.get(input.name());
      if (given == null) {
        throw new LowpassException("LP2901", input.name(), "no value for this input; there are " + inputs.keySet());
      }
      TensorType expected = TensorType.spatial(input.type().element(), Numbers.storageShape(input.type()));
      if (!given.type().equals(expected)) {
        throw new LowpassException("LP2901", input.name(), "given " + given.type() + "; it takes " + expected);
      }
      values.put(input.name(), Numbers.of(input.type(), given));
    }
    return values;
  }

  /** The place of the node that reads each value last; the number of nodes for outputs, which stay. */
  private static Map<String, Integer> lastReaders(Graph graph) {
    Map<String, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (Value operand : graph.nodes().get(i).operands()) {
        last.put(operand.name(), i);
      }
    }
    graph.outputs().forEach(output -> last.put(output.value().name(), graph.nodes().size()));
    return last;
  }

  private static Numbers evaluate(Node node, Map<String, Numbers> values) {
    List<Numbers> operands = node.operands().stream().map(operand -> values.get(operand.name())).toList();
    return evaluate(node.op(), operands, node.type());
  }

  private static Numbers evaluate(Op op, List<Numbers> operands, TensorType type) {
    return switch (op) {
      case Constant constant -> Numbers.of(constant.value());
      case Pointwise pointwise -> Products.pointwise(pointwise, operands, type);
      case Depthwise depthwise -> Convolutions.depthwise(depthwise, operands, type);
      case Convolution convolution -> Convolutions.convolution(convolution, operands, type);
      case MatrixProduct product -> Products.matrices(operands.get(0), operands.get(1), type);
      case Dct dct -> Transforms.forward(dct, operands.getFirst(), type);
      case Idct idct -> Transforms.inverse(operands.getFirst(), type);
      case Elementwise elementwise -> Arithmetic.elementwise(elementwise, operands.getFirst());
      case Binary binary -> Arithmetic.binary(binary.kind(), operands.get(0), operands.get(1), type);
      case BatchNormalization normalization -> Normalizations.batch(normalization, operands);
      case GlobalAveragePool pool -> Pools.globalAverage(operands.getFirst(), type);
      case AveragePool pool -> Pools.average(pool, operands.getFirst(), type);
      case MaxPool pool -> Pools.max(pool, operands.getFirst(), type);
      case Resize resize -> Resampling.resize(resize, operands.getFirst(), type);
      case Softmax softmax -> Normalizations.softmax(softmax.axis(), operands.getFirst());
      case Pad pad -> Movement.pad(pad, operands.getFirst(), type);
      case Concat concat -> Movement.concat(concat.axis(), operands, type);
      case ChannelGather gather -> Movement.channels(gather, operands, type);
      case Slice slice -> Movement.slice(slice, operands.getFirst(), type);
      case Expand _ -> Movement.expand(operands.getFirst(), type);
      case DepthToSpace depthToSpace -> Movement.depthToSpace(depthToSpace, operands.getFirst(), type);
      case Transpose transpose -> Movement.transpose(transpose, operands.getFirst(), type);
      case Reshape reshape -> new Numbers(type, operands.getFirst().values());
      case Opaque general -> General.evaluate(general, operands, type);
    };
  }
}
