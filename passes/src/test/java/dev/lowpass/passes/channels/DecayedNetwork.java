package dev.lowpass.passes.channels;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Small networks of convolutions, pointwise and depthwise layers, activations and pools, many of whose filters decayed
 * to zero or have a bias that no input can outweigh. Some values have several readers or are outputs.
 */
final class DecayedNetwork {
  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Graph.Output> outputs = new ArrayList<>();

  private DecayedNetwork(long seed) {
    this.random = new Random(seed);
  }

  static Graph of(long seed) {
    return new DecayedNetwork(seed).build();
  }

  private Graph build() {
    Value input = new Value("input", TensorType.f32(1 + random.nextInt(2), 2, 6, 5));
    Value value = input;
    for (int layers = 1 + random.nextInt(4); layers > 0; layers--) {
      value = activation(sum(value, 1 + random.nextInt(6)));
      if (random.nextInt(3) > 0) {
        value = activation(depthwise(value));
      }
      if (random.nextInt(3) == 0) {
        value = pool(value);
      }
      if (random.nextInt(6) == 0) {
        outputs.add(new Graph.Output("tap" + outputs.size(), random.nextBoolean() ? value : sum(value, 2)));
      }
    }
    outputs.add(new Graph.Output("last", sum(value, 3)));
    return new Graph("decayed", List.of(input), nodes, outputs);
  }

  private Value sum(Value x, int results) {
    int channels = x.type().shape().dim(1);
    Op op = random.nextBoolean() ? Pointwise.dense() : new Convolution(Window.of(3, 1, 1), 1);
    Value weight = op instanceof Pointwise ? filters(results, channels) : filters(results, channels, 3, 3);
    return random.nextInt(3) > 0 ? add(op, x, weight, bias(results)) : add(op, x, weight);
  }

  private Value depthwise(Value x) {
    int channels = x.type().shape().dim(1);
    Op op = new Depthwise(Window.of(3, 1 + random.nextInt(2), 1));
    return add(op, x, filters(channels, 3, 3), bias(channels));
  }

  private Value activation(Value x) {
    return switch (random.nextInt(8)) {
      case 0 -> x;
      case 1 -> add(new HardSwish(), x);
      case 2 -> add(new Clip(-1, 1), x);
      case 3, 4 -> add(new Relu(), x);
      default -> add(new Clip(0, 6), x);
    };
  }

  private Value pool(Value x) {
    return switch (random.nextInt(3)) {
      case 0 -> add(new GlobalAveragePool(), x);
      case 1 -> add(new AveragePool(Window.of(3, 1, 1), false, random.nextBoolean()), x);
      default -> add(new MaxPool(Window.of(3, 1, 1), false), x);
    };
  }

  /** Weights of which a third of the filters is zero. */
  private Value filters(int... shape) {
    float[] values = new float[(int) Shape.of(shape).elements()];
    int filter = values.length / shape[0];
    boolean zero = false;
    for (int i = 0; i < values.length; i++) {
      zero = i % filter == 0 ? random.nextInt(3) == 0 : zero;
      values[i] = zero ? 0 : random.nextFloat(-1, 1);
    }
    return add(new Constant(Tensor.of(values, shape)));
  }

  /** Mostly negative, some far below what clipped inputs can make up for, some zero. */
  private Value bias(int channels) {
    float[] values = new float[channels];
    for (int i = 0; i < channels; i++) {
      values[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat(-1, 0.25f) * (random.nextInt(3) == 0 ? 100 : 1);
    }
    return add(new Constant(Tensor.of(values, channels)));
  }

  private Value add(Op op, Value... operands) {
    Node node = Node.of("v" + nodes.size(), op, List.of(operands), Location.UNKNOWN);
    nodes.add(node);
    return node.result();
  }
}
