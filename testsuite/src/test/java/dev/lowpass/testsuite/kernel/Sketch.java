package dev.lowpass.testsuite.kernel;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A graph that grows node by node. Names count up; constants are pseudo-random, weights scaled to keep magnitudes. */
final class Sketch {
  private final String name;
  private final Random random = new Random(42);
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Graph.Output> outputs = new ArrayList<>();

  Sketch(String name) {
    this.name = name;
  }

  /** A graph of one input x; {@code steps} is what becomes of it. */
  static Sketch of(String name) {
    return new Sketch(name);
  }

  Value input(int... shape) {
    Value value = new Value("x" + inputs.size(), TensorType.f32(shape));
    inputs.add(value);
    return value;
  }

  Value constant(int... dims) {
    Shape shape = Shape.of(dims);
    double scale = dims.length < 2 ? 1 : 1 / Math.sqrt(shape.elements() / dims[0]);
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return op(new Constant(Tensor.of(values, dims)));
  }

  Value op(Op op, Value... operands) {
    String result = op.mnemonic() + nodes.size();
    Node node = Node.of(result, op, List.of(operands), new Location(result));
    nodes.add(node);
    return node.result();
  }

  /** A pointwise convolution with a bias. */
  Value pointwise(Value value, int outputs) {
    return op(Pointwise.dense(), value, constant(outputs, value.type().shape().dim(1)), constant(outputs));
  }

  Value dct(Value value, Block block, CoefficientOrder order, Bands keep) {
    return op(new Dct(block, order, Optional.of(keep)), value);
  }

  Sketch output(Value value) {
    outputs.add(new Graph.Output("y" + outputs.size(), value));
    return this;
  }

  Graph graph() {
    return new Graph(name, inputs, nodes, outputs);
  }

  /** {@code channels} thresholds from 0 to {@code size}, both ends among them where there is room. */
  Bands anyBands(int channels, int size) {
    List<Integer> keep = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      keep.add(c == 0 ? size : c == 1 ? 0 : random.nextInt(size + 1));
    }
    return new Bands(keep);
  }

  /** The same in falling order, as channel ordering leaves them. */
  Bands fallingBands(int channels, int size) {
    return new Bands(anyBands(channels, size).keep().stream().sorted((a, b) -> b - a).toList());
  }
}
