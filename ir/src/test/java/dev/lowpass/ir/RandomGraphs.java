package dev.lowpass.ir;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSwish;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Well-formed graphs of small images in both domains, for laws that hold of every graph. The same seed gives the same
 * graph.
 */
public final class RandomGraphs {
  private static final List<String> STEMS =
      List.of("x", "features/0", "conv1.out:0", "odd name", "465", "a//b", "quo\"te\\", "line\nfeed", "nan", "ünï 波", "");

  private final Random random;
  private final List<Value> values = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  private RandomGraphs(long seed) {
    this.random = new Random(seed);
  }

  /** A graph with at least {@code size} nodes that are not constants. */
  public static Graph of(long seed, int size) {
    return new RandomGraphs(seed).graph(size);
  }

  private Graph graph(int size) {
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      values.add(new Value(name(), TensorType.f32(1 + random.nextInt(2), 1 + random.nextInt(5), side(), side())));
    }
    List<Value> inputs = List.copyOf(values);
    while (nodes.size() < size) {
      grow(values.get(random.nextInt(values.size())));
    }
    List<Graph.Output> outputs = new ArrayList<>(List.of(output(values.getLast())));
    if (random.nextBoolean()) {
      outputs.add(new Graph.Output(name(), values.get(random.nextInt(values.size()))));
    }
    return new Graph(pick(STEMS), inputs, nodes, outputs);
  }

  private Graph.Output output(Value value) {
    return new Graph.Output(random.nextBoolean() ? value.name() : name(), value);
  }

  /** Applies one operator that fits {@code value}, with whatever weights it takes. */
  private void grow(Value value) {
    if (value.type().isSpatial()) {
      growSpatial(value);
    } else {
      growCoefficients(value);
    }
  }

  private void growSpatial(Value value) {
    Shape shape = value.type().shape();
    int channels = shape.dim(1);
    int outputs = 1 + random.nextInt(6);
    switch (random.nextInt(13)) {
      case 0 -> add(new Relu(), value);
      case 1 -> add(clip(), value);
      case 2 -> add(new HardSwish(), value);
      case 3 -> add(new Depthwise(window(3)), value, weights(channels, 3, 3), weights(channels));
      case 4 -> add(new Convolution(window(2), 1, precision()), value, weights(outputs, channels, 2, 2));
      case 5 -> add(new Pointwise(limit(channels), precision()), value, weights(outputs, channels));
      case 6, 7 -> add(dct(channels), value);
      case 8 -> add(new MaxPool(window(2), random.nextBoolean()), value);
      case 9 -> add(new Pad(List.of(0, 0, 1, 0, 0, 0, 0, 2), Float.intBitsToFloat(random.nextInt())), value);
      case 10 -> add(new Transpose(List.of(0, 1, 3, 2)), value);
      case 11 -> add(resize(value), value);
      default -> {
        Value mean = add(new GlobalAveragePool(), value);
        add(new Binary(pick(List.of(Binary.Kind.MUL, Binary.Kind.ADD, Binary.Kind.MAX))), value, mean);
      }
    }
  }

  private void growCoefficients(Value value) {
    Domain.Frequency frequency = value.type().frequency();
    int channels = value.type().shape().dim(1);
    switch (random.nextInt(6)) {
      case 0, 1 -> add(new Idct(), value);
      case 2 -> {
        Bands keep = bands(channels, frequency.block().size());
        BandLimit limit = new BandLimit(frequency.block(), frequency.order(), keep);
        int outputs = 1 + random.nextInt(6);
        add(Pointwise.limited(limit), value, weights(outputs, channels), weights(outputs));
      }
      case 3 -> add(Binary.add(), value, value);
      case 4 -> add(new Concat(1), value, value);
      default -> add(Slice.along(value.type().shape(), 1, random.nextInt(channels), 1), value);
    }
  }

  private Value add(Op op, Value... operands) {
    Location location = random.nextBoolean() ? new Location(name()) : Location.UNKNOWN;
    Node node = Node.of(name(), op, List.of(operands), location);
    nodes.add(node);
    values.add(node.result());
    return node.result();
  }

  /** Constants on both sides of the size up to which text has them inline; not among the values that grow. */
  private Value weights(int... dims) {
    float[] elements = new float[(int) Shape.of(dims).elements()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextInt(4) == 0 ? Float.intBitsToFloat(random.nextInt()) : random.nextFloat() - 0.5f;
    }
    String name = name();
    Node node = Node.of(name, new Constant(Tensor.of(elements, dims)), List.of(), new Location(name));
    nodes.add(node);
    return node.result();
  }

  private Clip clip() {
    float min = pick(List.of(0f, -0f, 0.1f, Float.NEGATIVE_INFINITY));
    return new Clip(min, pick(List.of(6f, 1e-9f, Float.MAX_VALUE)));
  }

  private Dct dct(int channels) {
    Block block = new Block(side(), side());
    Optional<Bands> keep = random.nextBoolean() ? Optional.of(bands(channels, block.size())) : Optional.empty();
    return new Dct(block, pick(List.of(CoefficientOrder.values())), keep);
  }

  private Precision precision() {
    return pick(List.of(Precision.values()));
  }

  private Optional<BandLimit> limit(int channels) {
    Block block = new Block(side(), side());
    BandLimit limit = new BandLimit(block, pick(List.of(CoefficientOrder.values())), bands(channels, block.size()));
    return random.nextBoolean() ? Optional.of(limit) : Optional.empty();
  }

  private Bands bands(int channels, int size) {
    IntUnaryOperator kept = random.nextBoolean() ? c -> random.nextInt(size + 1) : c -> size;
    return new Bands(IntStream.range(0, channels).map(kept).boxed().toList());
  }

  private Window window(int kernel) {
    return Window.of(kernel, 1 + random.nextInt(2), kernel - 1);
  }

  /** Of the whole map or of its middle. */
  private Resize resize(Value value) {
    List<Integer> size = List.of(side(), side());
    ResizeFilter filter = pick(List.of(ResizeFilter.values()));
    if (random.nextBoolean()) {
      return new Resize(size, filter);
    }
    List<Integer> map = value.type().shape().dims().subList(2, 4);
    return new Resize(size, map.stream().map(extent -> 1 + random.nextInt(extent)).toList(), filter);
  }

  private int side() {
    return 1 + random.nextInt(8);
  }

  /** A name that no other value has. */
  private String name() {
    return pick(STEMS) + "/" + (nodes.size() + values.size()) + "." + random.nextInt(1 << 30);
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
