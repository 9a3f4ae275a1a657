package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
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
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Sigmoid;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Small networks of inverted residual blocks with everything that transforms meet in one: residual additions, bias,
 * scales, squeeze and excite, concatenation and slices of channels, values with several readers, layers with bands and
 * without.
 */
final class RandomNetwork {
  private final Random random;
  private final boolean full;
  private final Block block;
  private final CoefficientOrder order;
  private final List<Node> nodes = new ArrayList<>();

  private RandomNetwork(long seed, boolean full) {
    this.random = new Random(seed);
    this.full = full;
    this.block = new Block(2 + random.nextInt(3), 2 + random.nextInt(3));
    this.order = CoefficientOrder.values()[random.nextInt(3)];
  }

  /** A network with arbitrary bands. */
  static Graph withBands(long seed) {
    return new RandomNetwork(seed, false).build();
  }

  /** A network whose bands keep everything. */
  static Graph withFullBands(long seed) {
    return new RandomNetwork(seed, true).build();
  }

  private Graph build() {
    int crop = random.nextInt(4) == 0 ? 1 : 0;
    Shape shape =
        Shape.of(1 + random.nextInt(2), 2, block.height() * (1 + random.nextInt(2)) - crop, block.width() * 2 - crop);
    Value input = new Value("input", TensorType.f32(shape.toArray()));
    Value stream = pointwise(input, 3 + random.nextInt(4));
    List<Graph.Output> outputs = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      Value projected = invertedResidual(stream);
      stream = random.nextInt(4) == 0 ? joined(stream, projected) : add(Binary.add(), stream, projected);
      if (random.nextInt(5) == 0) {
        outputs.add(new Graph.Output("tap" + outputs.size(), stream));
      }
    }
    Value last = random.nextBoolean() ? add(new GlobalAveragePool(), stream) : activation(pointwise(stream, 5));
    outputs.add(new Graph.Output("last", last));
    return new Graph("random", List.of(input), nodes, outputs);
  }

  private Value invertedResidual(Value stream) {
    int channels = stream.type().shape().dim(1);
    Value wide = random.nextInt(4) == 0 ? stream : activation(pointwise(stream, 2 * channels));
    if (random.nextBoolean()) {
      Value filters = weights(wide.type().shape().dim(1), 3, 3);
      wide = activation(add(new Depthwise(Window.of(3, 1, 1)), wide, filters, weights(filters.type().shape().dim(0))));
    }
    if (random.nextInt(3) == 0) {
      Value squeezed = activation(pointwise(add(new GlobalAveragePool(), wide), 2));
      Value excited = add(new Sigmoid(), pointwise(squeezed, wide.type().shape().dim(1)));
      wide = random.nextBoolean() ? add(Binary.mul(), wide, excited) : add(Binary.mul(), excited, wide);
    }
    Value projected = pointwise(wide, channels);
    return random.nextInt(3) == 0 ? add(Binary.mul(), projected, weights(1, channels, 1, 1)) : projected;
  }

  /** Half of the channels of one and half of the other. */
  private Value joined(Value a, Value b) {
    Shape shape = a.type().shape();
    int half = shape.dim(1) / 2;
    Value front = add(Slice.along(shape, 1, 0, half), a);
    Value back = add(Slice.along(shape, 1, half, shape.dim(1) - half), b);
    return add(new Concat(1), front, back);
  }

  private Value activation(Value x) {
    return switch (random.nextInt(3)) {
      case 0 -> add(new Relu(), x);
      case 1 -> add(new Clip(0, 6), x);
      default -> add(new HardSwish(), x);
    };
  }

  private Value pointwise(Value x, int outputs) {
    int channels = x.type().shape().dim(1);
    boolean image = x.type().shape().dim(2) > 1;
    boolean limited = image && random.nextInt(5) > 0;
    Op op = limited ? Pointwise.limited(new BandLimit(block, order, bands(channels))) : Pointwise.dense();
    Value weight = weights(outputs, channels);
    return random.nextBoolean() ? add(op, x, weight) : add(op, x, weight, weights(outputs));
  }

  private Bands bands(int channels) {
    return full
        ? Bands.full(channels, block.size())
        : new Bands(IntStream.range(0, channels).mapToObj(c -> random.nextInt(block.size() + 1)).toList());
  }

  private Value weights(int... shape) {
    float[] values = new float[(int) Shape.of(shape).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return add(new Constant(Tensor.of(values, shape)));
  }

  private Value add(Op op, Value... operands) {
    Node node = Node.of("v" + nodes.size(), op, List.of(operands), Location.UNKNOWN);
    nodes.add(node);
    return node.result();
  }
}
