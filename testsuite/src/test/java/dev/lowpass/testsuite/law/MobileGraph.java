package dev.lowpass.testsuite.law;

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
import dev.lowpass.ir.op.BatchNormalization;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Depthwise;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.HardSigmoid;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Relu;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A small network of inverted residual blocks: expansion, activation, depthwise, activation, perhaps squeeze-excite,
 * projection, perhaps a residual add, a split or a join. The same recipe gives the same graph.
 */
public final class MobileGraph {
  /** What the pointwise layers keep. */
  public enum Keep {
    /** No layer has bands. */
    DENSE,
    /** Every layer has bands and keeps everything. */
    FULL,
    /** Every layer has bands of random lengths, 0 and the whole block among them. */
    RANDOM
  }

  /**
   * What to build.
   *
   * @param blocks inverted residual blocks, 1 or more
   * @param seed of shapes, weights and bands; graphs that differ in {@code keep} alone have the same shapes and weights
   */
  public record Recipe(int blocks, Keep keep, long seed) {
    public Recipe with(Keep changed) {
      return new Recipe(blocks, changed, seed);
    }
  }

  private final Recipe recipe;
  private final Random shapes;
  private final Random weights;
  private final Random bands;
  private final Block block;
  private final CoefficientOrder order;
  private final List<Node> nodes = new ArrayList<>();

  private MobileGraph(Recipe recipe) {
    this.recipe = recipe;
    this.shapes = new Random(recipe.seed());
    this.weights = new Random(recipe.seed() + 1);
    this.bands = new Random(recipe.seed() + 2);
    int side = 2 + shapes.nextInt(3);
    this.block = new Block(side, shapes.nextInt(3) == 0 ? side + 1 : side);
    this.order = CoefficientOrder.values()[shapes.nextInt(CoefficientOrder.values().length)];
  }

  public static Graph of(Recipe recipe) {
    return new MobileGraph(recipe).build();
  }

  private Graph build() {
    int height = (1 + shapes.nextInt(3)) * block.height() + (shapes.nextInt(3) == 0 ? 1 : 0);
    int width = (1 + shapes.nextInt(3)) * block.width() + (shapes.nextInt(3) == 0 ? 1 : 0);
    Value input = new Value("x", TensorType.f32(1 + shapes.nextInt(2), 3 + shapes.nextInt(4), height, width));
    Value value = input;
    for (int i = 0; i < recipe.blocks(); i++) {
      value = inverted("block" + i, value);
    }
    Value head = node("head/relu", new Relu(), pointwise("head", value, 5));
    Value mean = node("mean", new GlobalAveragePool(), head);
    List<Graph.Output> outputs = List.of(new Graph.Output("mean", mean), new Graph.Output("features", value));
    return new Graph("mobile", List.of(input), nodes, outputs);
  }

  private Value inverted(String name, Value input) {
    int wide = channels(input) * 2 + shapes.nextInt(3);
    Value expanded = node(name + "/clip1", new Clip(0, 6), pointwise(name + "/expand", input, wide));
    boolean strided = shapes.nextInt(4) == 0;
    Value filter = constant(name + "/filter", wide, 3, 3);
    Value filtered = node(name + "/depthwise", new Depthwise(Window.of(3, strided ? 2 : 1, 1)), expanded, filter);
    Value active = node(name + "/clip2", new Clip(0, 6), normalized(name + "/normalization", filtered));
    Value excited = shapes.nextInt(4) == 0 ? squeezed(name + "/excite", active) : active;
    boolean residual = !strided && shapes.nextInt(3) > 0;
    int narrow = residual ? channels(input) : 3 + shapes.nextInt(5);
    Value projected = normalized(name + "/linear", pointwise(name + "/project", excited, narrow));
    if (residual) {
      return node(name + "/add", Binary.add(), projected, input);
    }
    return switch (shapes.nextInt(4)) {
      case 0 -> node(name + "/join", new Concat(1), projected, pointwise(name + "/branch", excited, 2));
      case 1 -> node(name + "/split", Slice.along(projected.type().shape(), 1, 1, channels(projected) - 1), projected);
      default -> projected;
    };
  }

  private Value normalized(String name, Value input) {
    if (shapes.nextInt(3) > 0) {
      return input;
    }
    Value scale = constant(name + "/scale", channels(input));
    Value shift = constant(name + "/shift", channels(input));
    Value variance = node(name + "/variance", new MathFunction(MathFunction.Kind.ABS), scale);
    return node(name, new BatchNormalization(0.5f), input, scale, shift, shift, variance);
  }

  private Value squeezed(String name, Value input) {
    Value mean = node(name + "/mean", new GlobalAveragePool(), input);
    Value matrix = constant(name + "/matrix", channels(input), channels(input));
    Value mixed = node(name + "/product", Pointwise.dense(), mean, matrix);
    Value scale = node(name + "/sigmoid", new HardSigmoid(0.2f, 0.5f), mixed);
    return node(name + "/mul", Binary.mul(), input, scale);
  }

  private Value pointwise(String name, Value input, int outputs) {
    Value matrix = constant(name + "/weight", outputs, channels(input));
    Value bias = constant(name + "/bias", outputs);
    return node(name, Pointwise.dense().with(limit(channels(input))), input, matrix, bias);
  }

  private Optional<BandLimit> limit(int channels) {
    int size = block.size();
    return switch (recipe.keep()) {
      case DENSE -> Optional.empty();
      case FULL -> Optional.of(new BandLimit(block, order, Bands.full(channels, size)));
      case RANDOM -> {
        List<Integer> keep = IntStream.range(0, channels).map(c -> bands.nextInt(size + 1)).boxed().toList();
        yield Optional.of(new BandLimit(block, order, new Bands(keep)));
      }
    };
  }

  private Value constant(String name, int... dims) {
    float[] values = new float[(int) Shape.of(dims).elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.nextFloat(-1, 1);
    }
    return node(name, new Constant(Tensor.of(values, dims)));
  }

  private Value node(String name, Op op, Value... operands) {
    Node node = Node.of(name, op, List.of(operands), new Location(name));
    nodes.add(node);
    return node.result();
  }

  private static int channels(Value value) {
    return value.type().shape().dim(1);
  }
}
