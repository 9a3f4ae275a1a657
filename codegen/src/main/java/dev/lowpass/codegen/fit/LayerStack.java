package dev.lowpass.codegen.fit;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A network in the making, layer upon layer on one image. Weights are random, and scaled so that maps keep their size
 * from layer to layer: what a layer writes before its activation has a mean square of about 1. How much an activation
 * leaves at zero is the layer's to say, since kernels that leave out zeros take as long as there are others.
 */
final class LayerStack {
  /** Where relu6 cuts off. */
  private static final float SIX = 6;

  private final String name;
  private final Value input;
  private final List<Node> nodes = new ArrayList<>();
  private final Random random = new Random(1);
  private Value top;

  /** The mean square of what {@link #top} holds, as expected; inputs are even from -1 to 1. */
  private double power = 1.0 / 3;

  private int layers;

  /** An image of {@code channels} channels and {@code edge} x {@code edge} samples. */
  LayerStack(String name, int channels, int edge) {
    this.name = name;
    this.input = new Value("input", TensorType.f32(1, channels, edge, edge));
    this.top = input;
  }

  /** What the last layer made. */
  Value top() {
    return top;
  }

  int channels() {
    return top.type().shape().dim(1);
  }

  /** A square convolution with padding, so that a stride of 1 keeps the map's size; then {@link #clip}. */
  LayerStack convolution(int outputs, int kernel, int stride, double zeros) {
    int fanIn = channels() * kernel * kernel;
    Op op = new Convolution(Window.of(kernel, stride, kernel / 2), 1);
    weigh(op, zeros, outputs, fanIn, Shape.of(outputs, channels(), kernel, kernel));
    return clip(zeros);
  }

  /** A 3x3 depthwise convolution, then {@link #clip}. */
  LayerStack depthwise(int stride, double zeros) {
    weigh(new Depthwise(Window.of(3, stride, 1)), zeros, channels(), 9, Shape.of(channels(), 3, 3));
    return clip(zeros);
  }

  /** A pointwise layer, then {@link #clip}. */
  LayerStack pointwise(int outputs, double zeros) {
    weigh(Pointwise.dense(), zeros, outputs, channels(), Shape.of(outputs, channels()));
    return clip(zeros);
  }

  /** A pointwise layer without activation. */
  LayerStack projection(int outputs) {
    weigh(Pointwise.dense(), 0.5, outputs, channels(), Shape.of(outputs, channels()));
    return this;
  }

  /** Adds {@code other}, of the same shape, which has a mean square of 1 as well. */
  LayerStack add(Value other) {
    push("add", Binary.add(), List.of(top, other));
    power += 1;
    return this;
  }

  /** Everything from 0 to 6, which leaves about the part {@code zeros} at zero. */
  LayerStack clip(double zeros) {
    push("clip", new Clip(0, SIX), List.of(top));
    power *= Normal.powerAboveZero(Normal.meanFor(zeros));
    return this;
  }

  /** The largest of every 3x3 samples, at every second place. */
  LayerStack maxPool() {
    push("pool", new MaxPool(Window.of(3, 2, 1), false), List.of(top));
    return this;
  }

  /** The mean of each map, and {@code classes} sums over them. */
  LayerStack classifier(int classes) {
    push("pool", new GlobalAveragePool(), List.of(top));
    projection(classes);
    push("flatten", new Reshape(Shape.of(1, classes)), List.of(top));
    return this;
  }

  Graph graph() {
    return new Graph(name, List.of(input), nodes, List.of(new Graph.Output(top.name(), top)));
  }

  /**
   * Pushes a layer whose results have a mean square of 1 and are negative in the part {@code zeros} of them.
   *
   * @param fanIn products that a result adds up
   */
  private void weigh(Op layer, double zeros, int outputs, int fanIn, Shape shape) {
    double mean = Normal.meanFor(zeros);
    double deviation = Math.sqrt(1 / (1 + mean * mean) / (power * fanIn));
    float bias = (float) (mean / Math.sqrt(1 + mean * mean));
    Value weights = constant(shape, deviation, 0);
    Value biases = constant(Shape.of(outputs), 0, bias);
    push(layer.mnemonic(), layer, List.of(top, weights, biases));
    power = 1;
  }

  private Value constant(Shape shape, double deviation, float mean) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    Node node =
        Node.of("w" + nodes.size(), new Constant(Tensor.of(values, shape)), List.of(), Location.UNKNOWN);
    nodes.add(node);
    return node.result();
  }

  private void push(String kind, Op op, List<Value> operands) {
    String own = kind + layers++;
    Node node = Node.of(own, op, operands, new Location(own));
    nodes.add(node);
    top = node.result();
  }
}
