package dev.lowpass.testsuite.random;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Location;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * A network while it grows, node by node. A node is taken in only if its results are numbers of a sensible size and
 * hardly change when its operands do: what rounding would decide (the integer below a number, which of two is larger)
 * cannot be compared between engines.
 */
final class Draft {
  private static final int MOST_ELEMENTS = 6000;
  private static final int TRIES_A_NODE = 40;
  private static final double LARGEST = 1e4;

  /** The first whole number after which double precision leaves some out. */
  private static final double LAST_COUNTED = 0x1p53;

  /** Of a result that is smaller, rounding is too large a part. */
  private static final double LEAST = 1e-3;

  /** What operands are moved by, of their size, and what results may move by. */
  private static final double NUDGE = 1e-5;

  private static final double STEADY = 5e-5;

  /** By how much of the largest one number of a result may move: beyond, a single rounding would show. */
  private static final double STEADY_NUMBER = 5e-4;

  private final SplittableRandom random;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> known = new LinkedHashMap<>();
  private final List<Value> pool = new ArrayList<>();

  private Draft(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The network of {@code seed}. */
  static Graph of(long seed) {
    Draft draft = new Draft(seed);
    draft.begin();
    int wanted = 2 + draft.below(12);
    for (int made = 0, tries = 0; made < wanted && tries < wanted * TRIES_A_NODE; tries++) {
      made += draft.grow() ? 1 : 0;
    }
    return draft.graph();
  }

  /** What that network is given, for which it was found to be steady. */
  static Map<String, Tensor> inputs(long seed) {
    Draft draft = new Draft(seed);
    draft.begin();
    return draft.known;
  }

  private void begin() {
    input(TensorType.f32(1 + below(2), 1 + below(20), 1 + below(9), 1 + below(9)));
    for (int more = below(3); more > 0; more--) {
      Value image = inputs.getFirst();
      switch (below(4)) {
        case 0 -> input(image.type());
        case 1 -> input(TensorType.f32(image.type().shape().dim(1), 1, 1));
        case 2 -> input(TensorType.f32(extents(1 + below(4))));
        default -> {
          ElementType[] types = {ElementType.I64, ElementType.I32, ElementType.U8, ElementType.BOOL};
          input(TensorType.spatial(types[below(types.length)], Shape.of(extents(1 + below(4)))));
        }
      }
    }
  }

  private int[] extents(int rank) {
    int[] extents = new int[rank];
    for (int i = 0; i < rank; i++) {
      extents[i] = 1 + below(6);
    }
    return extents;
  }

  private void input(TensorType type) {
    Value value = new Value("x" + inputs.size(), type);
    inputs.add(value);
    pool.add(value);
    known.put(value.name(), numbers(type));
  }

  private Tensor numbers(TensorType type) {
    int elements = Math.toIntExact(type.shape().elements());
    if (type.element().isFloating()) {
      float[] values = new float[elements];
      for (int i = 0; i < elements; i++) {
        values[i] = (float) random.nextDouble(-2, 2);
      }
      return Tensor.ofFloats(type.element(), values, type.shape());
    }
    long[] values = new long[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = random.nextInt(type.element() == ElementType.BOOL ? 2 : 5);
    }
    return Tensor.ofIntegers(type.element(), values, type.shape());
  }

  private boolean grow() {
    List<Maker> makers = Makers.ALL;
    int before = nodes.size();
    Optional<Maker.Idea> idea = makers.get(below(makers.size())).idea(this);
    if (idea.isEmpty() || !takeIn(idea.get())) {
      // Constants and steps that were made for it go with it.
      while (nodes.size() > before) {
        known.remove(nodes.removeLast().name());
      }
      return false;
    }
    return true;
  }

  private boolean takeIn(Maker.Idea idea) {
    try {
      Node node = Node.of("n" + nodes.size(), idea.op(), idea.operands(), new Location("n" + nodes.size()));
      if (node.type().shape().elements() > MOST_ELEMENTS || node.type().shape().elements() == 0) {
        return false;
      }
      List<Tensor> operands = node.operands().stream().map(operand -> known.get(operand.name())).toList();
      if (divides(node.op()) && isWholeWithZeros(operands.getLast()) || isTooLargeAPower(node.op(), operands)) {
        return false;
      }
      Tensor result = Interpreter.evaluate(node.op(), operands);
      if (!isSensible(result) || !isSteady(node, operands, result)) {
        return false;
      }
      nodes.add(node);
      known.put(node.name(), result);
      pool.add(node.result());
      return true;
    } catch (LowpassException | IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private static boolean divides(Op op) {
    return op instanceof Binary(Binary.Kind kind)
        && switch (kind) {
          case DIV, MOD, REMAINDER -> true;
          case ADD, SUB, MUL, MIN, MAX, POW, PRELU -> false;
        };
  }

  /** By which ONNX Runtime refuses to divide. */
  private static boolean isWholeWithZeros(Tensor divisor) {
    return !divisor.type().element().isFloating() && DoubleStream.of(divisor.toDoubles()).anyMatch(value -> value == 0);
  }

  /** Engines raise whole numbers in double precision, and each wraps in its own way what that cannot count. */
  private static boolean isTooLargeAPower(Op op, List<Tensor> operands) {
    return op instanceof Binary(Binary.Kind kind)
        && kind == Binary.Kind.POW
        && !operands.get(0).type().element().isFloating()
        && Math.pow(largest(operands.get(0)), largest(operands.get(1))) >= LAST_COUNTED;
  }

  private static boolean isSensible(Tensor tensor) {
    double largest = largest(tensor);
    return largest == 0 || largest >= LEAST && largest <= LARGEST;
  }

  /** NaN where one of them is. */
  private static double largest(Tensor tensor) {
    return DoubleStream.of(tensor.toDoubles()).map(Math::abs).reduce(0, Math::max);
  }

  private boolean isSteady(Node node, List<Tensor> operands, Tensor result) {
    List<Tensor> moved = operands.stream().map(this::moved).toList();
    Tensor other = Interpreter.evaluate(node.op(), moved);
    Difference difference = Difference.between(other, result);
    if (!result.type().element().isFloating()) {
      return difference.isWithin(0);
    }
    return difference.isWithin(STEADY) && difference.maxAbsolute() <= STEADY_NUMBER * largest(result);
  }

  private Tensor moved(Tensor tensor) {
    if (!tensor.type().element().isFloating()) {
      return tensor;
    }
    float[] values = tensor.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (NUDGE * random.nextDouble(-1, 1) * Math.max(1, Math.abs(values[i])));
    }
    return Tensor.ofFloats(tensor.type().element(), values, tensor.shape());
  }

  /** All that nobody reads is an output, and now and then something that is read. */
  private Graph graph() {
    List<Graph.Output> outputs = new ArrayList<>();
    for (Node node : nodes) {
      boolean read = nodes.stream().anyMatch(other -> other.operands().contains(node.result()));
      boolean constant = node.op() instanceof Constant;
      if (!constant && (!read || below(8) == 0)) {
        outputs.add(new Graph.Output("y" + outputs.size(), node.result()));
      }
    }
    if (outputs.isEmpty()) {
      outputs.add(new Graph.Output("y0", inputs.getFirst()));
    }
    return new Graph("random", inputs, nodes, outputs).withoutDeadNodes();
  }

  /** A whole number of 0 or more below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  double real(double low, double high) {
    return random.nextDouble(low, high);
  }

  boolean chance(int oneIn) {
    return below(oneIn) == 0;
  }

  /** One of the values so far that {@code condition} holds for, later ones more often. */
  Optional<Value> value(Predicate<TensorType> condition) {
    List<Value> fitting = pool.stream().filter(value -> condition.test(value.type())).toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    int place = Math.max(below(fitting.size()), below(fitting.size()));
    return Optional.of(fitting.get(place));
  }

  /** An image of f32 [N, C, H, W]. */
  Optional<Value> image() {
    return value(type -> type.element() == ElementType.F32 && type.shape().rank() == 4);
  }

  /** Numbers of f32 of any shape. */
  Optional<Value> real() {
    return value(type -> type.element() == ElementType.F32);
  }

  /** A constant of f32 with numbers of {@code scale}. */
  Value constant(double scale, int... shape) {
    float[] values = new float[Math.toIntExact(Shape.of(shape).elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextDouble(-1, 1));
    }
    return constant(Tensor.of(values, shape));
  }

  Value constant(Tensor tensor) {
    return add(new Constant(tensor), List.of(), tensor);
  }

  /**
   * A node that stands before the one that a maker thinks of, and goes with it if that is dropped. No other node reads
   * it, and nobody asks whether it is steady: it had better be so by what it is.
   */
  Value step(Op op, Value... operands) {
    List<Value> given = List.of(operands);
    return add(op, given, Interpreter.evaluate(op, given.stream().map(operand -> known.get(operand.name())).toList()));
  }

  private Value add(Op op, List<Value> operands, Tensor result) {
    String name = "n" + nodes.size();
    nodes.add(Node.of(name, op, operands, new Location(name)));
    known.put(name, result);
    return nodes.getLast().result();
  }

  /** Numbers of {@code value}, the first ones, as a tensor of {@code shape}; there must be as many. */
  Value taken(Value value, int... shape) {
    int elements = Math.toIntExact(value.type().shape().elements());
    int wanted = Math.toIntExact(Shape.of(shape).elements());
    Value flat = step(new Reshape(Shape.of(elements)), value);
    Value first = step(new Slice(List.of(0), List.of(wanted), List.of(1)), flat);
    return step(new Reshape(Shape.of(shape)), first);
  }
}
