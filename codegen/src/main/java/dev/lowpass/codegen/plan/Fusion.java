package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.FusionRule;
import dev.lowpass.passes.machine.HalvingRule;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Nodes that one kernel carries out: what stands around an anchor and can be done in its epilogue or before it. */
final class Fusion {
  private Fusion() {}

  /** What follows a linear anchor: an addition of something else, functions of one element, and a mean over the map. */
  record Epilogue(
      Optional<Value> residual, List<Node> functions, Optional<Node> pool, List<Node> absorbed, Value result) {
    static Epilogue none(Value value) {
      return new Epilogue(Optional.empty(), List.of(), Optional.empty(), List.of(), value);
    }
  }

  /** Everything around a depthwise node; see {@link DepthwiseStep}. */
  record Depthwise(
      Value input,
      Optional<Node> expansion,
      List<Node> before,
      List<Node> after,
      Optional<Node> forward,
      List<Node> absorbed,
      Value result) {}

  /** A depthwise node with what makes its map and the product behind it; see {@link BlockStep}. */
  record Block(
      Value input,
      Optional<Node> producer,
      List<Node> before,
      List<Node> after,
      Node projection,
      Epilogue epilogue,
      List<Node> absorbed) {}

  /** The block around a depthwise node on a large map; nothing where a kernel for it alone is as good. */
  static Optional<Block> block(Chain chain, Node depthwise, FusionRule rule, Predicate<Node> isFree) {
    List<Node> after = chain.elementwiseAfter(depthwise.result());
    Value result = after.isEmpty() ? depthwise.result() : after.getLast().result();
    Optional<Node> projection =
        chain
            .onlyUser(result)
            .filter(node -> node.op() instanceof Pointwise && node.operand(0).name().equals(result.name()));
    TensorType map = depthwise.operand(0).type();
    boolean large = rule.isLarge(map.shape().dim(2) * map.shape().dim(3));
    if (projection.isEmpty() || !isFree.test(projection.get()) || !large || !walksInStrips(window(depthwise))) {
      return Optional.empty();
    }
    List<Node> before = chain.elementwiseBefore(depthwise.operand(0));
    Value start = before.isEmpty() ? depthwise.operand(0) : before.getFirst().operand(0);
    Optional<Node> producer = chain.privateProducer(start).filter(node -> makesMaps(node) && isFree.test(node));
    List<Node> absorbed = new ArrayList<>();
    if (producer.isPresent()) {
      absorbed.add(producer.orElseThrow());
      absorbed.addAll(before);
    } else {
      before = List.of();
    }
    absorbed.add(depthwise);
    absorbed.addAll(after);
    absorbed.add(projection.orElseThrow());
    Epilogue epilogue = epilogue(chain, projection.orElseThrow().result());
    absorbed.addAll(epilogue.absorbed());
    long weights = elements(projection.orElseThrow()) + producer.map(Fusion::elements).orElse(0L);
    if (weights > rule.mostBlockWeights() || !absorbed.stream().allMatch(isFree)) {
      return Optional.empty();
    }
    Value input = producer.map(node -> node.operand(0)).orElse(depthwise.operand(0));
    return Optional.of(new Block(input, producer, before, after, projection.orElseThrow(), epilogue, absorbed));
  }

  /**
   * Whether strips of a power of two rows need whole new rows each, and none above those that the strip before needed.
   */
  private static boolean walksInStrips(Window window) {
    return window.stride(0) <= 2 && window.reach(0) - window.stride(0) - window.before(0) >= 0;
  }

  private static Window window(Node depthwise) {
    return ((dev.lowpass.ir.op.Depthwise) depthwise.op()).window();
  }

  private static boolean makesMaps(Node node) {
    return switch (node.op()) {
      case Pointwise _ -> node.operand(0).type().isSpatial();
      case Convolution convolution -> convolution.groups() == 1;
      default -> false;
    };
  }

  private static long elements(Node node) {
    return node.operand(1).type().shape().elements();
  }

  static Epilogue epilogue(Chain chain, Value value) {
    List<Node> absorbed = new ArrayList<>();
    Value at = value;
    Optional<Value> residual = Optional.empty();
    Optional<Node> sum = chain.onlyUser(at).filter(node -> isSumOfEquals(chain, node, value));
    if (sum.isPresent()) {
      Node add = sum.orElseThrow();
      residual = Optional.of(add.operand(0).name().equals(at.name()) ? add.operand(1) : add.operand(0));
      absorbed.add(add);
      at = add.result();
    }
    List<Node> functions = at.type().isSpatial() ? chain.elementwiseAfter(at) : List.of();
    absorbed.addAll(functions);
    Value result = absorbed.isEmpty() ? value : absorbed.getLast().result();
    return new Epilogue(residual, functions, Optional.empty(), absorbed, result);
  }

  /** The epilogue of {@code anchor} with a mean over what else would be a map in memory, where slabs stay in cache. */
  static Epilogue pooled(Chain chain, Node anchor, Epilogue epilogue, Machine machine) {
    if (!machine.fusion().keepsSlabs()) {
      return epilogue;
    }
    Optional<Node> pool =
        chain
            .onlyUser(epilogue.result)
            .filter(node -> node.op() instanceof GlobalAveragePool && hasRowsToPool(anchor, machine.halving()));
    return pool.map(node -> with(epilogue, node)).orElse(epilogue);
  }

  private static Epilogue with(Epilogue epilogue, Node pool) {
    List<Node> absorbed = new ArrayList<>(epilogue.absorbed);
    absorbed.add(pool);
    return new Epilogue(epilogue.residual, epilogue.functions, Optional.of(pool), absorbed, pool.result());
  }

  /** A product that is made of halves needs its map in memory; they save more than a pool takes. */
  private static boolean hasRowsToPool(Node anchor, HalvingRule halving) {
    Shape map = anchor.type().shape();
    int rows = map.dim(2) * map.dim(3);
    return switch (anchor.op()) {
      case Idct _ -> true;
      case Pointwise _ ->
          anchor.type().isSpatial()
              && rows > 1
              && !halving.pays(rows, anchor.operand(0).type().shape().dim(1), map.dim(1));
      default -> false;
    };
  }

  /** Whether {@code node} adds {@code value} to another computed value of the same shape and domain. */
  private static boolean isSumOfEquals(Chain chain, Node node, Value value) {
    if (!(node.op() instanceof Binary(Binary.Kind kind)) || kind != Binary.Kind.ADD) {
      return false;
    }
    Value left = node.operand(0);
    Value right = node.operand(1);
    Value other = left.name().equals(value.name()) ? right : left;
    return !left.name().equals(right.name())
        && left.type().shape().equals(right.type().shape())
        && left.type().isSpatial() == right.type().isSpatial()
        && left.type().shape().rank() == 4
        && !chain.isConstant(other);
  }

  /** A depthwise node and functions of its result alone. */
  static Depthwise after(Chain chain, Node depthwise) {
    List<Node> after = chain.elementwiseAfter(depthwise.result());
    List<Node> absorbed = new ArrayList<>(List.of(depthwise));
    absorbed.addAll(after);
    Value result = absorbed.getLast().result();
    return new Depthwise(
        depthwise.operand(0), Optional.empty(), List.of(), after, Optional.empty(), absorbed, result);
  }

  static Depthwise around(Chain chain, Node depthwise, Predicate<Node> isFree) {
    List<Node> absorbed = new ArrayList<>();
    Value input = depthwise.operand(0);
    List<Node> before = chain.elementwiseBefore(input);
    Value start = before.isEmpty() ? input : before.getFirst().operand(0);
    Optional<Node> inverse =
        chain.privateProducer(start).filter(node -> node.op() instanceof Idct && Chain.hasWholeBlocks(node));
    Value linear = inverse.map(node -> node.operand(0)).orElse(start);
    Optional<Node> expansion =
        chain
            .privateProducer(linear)
            .filter(node -> node.op() instanceof Pointwise && spatialOrInverted(node, inverse) && isFree.test(node));
    if (inverse.isPresent() || expansion.isPresent()) {
      expansion.ifPresent(absorbed::add);
      inverse.ifPresent(absorbed::add);
      absorbed.addAll(before);
      input = expansion.map(node -> node.operand(0)).orElse(linear);
    } else {
      // What computes the input applies the functions in its own epilogue.
      before = List.of();
    }
    absorbed.add(depthwise);
    List<Node> after = chain.elementwiseAfter(depthwise.result());
    absorbed.addAll(after);
    Value result = absorbed.getLast().result();
    Optional<Node> forward =
        chain.onlyUser(result).filter(node -> node.op() instanceof Dct && Chain.hasWholeBlocks(node));
    if (forward.isPresent()) {
      absorbed.add(forward.orElseThrow());
      result = forward.orElseThrow().result();
    }
    return new Depthwise(input, expansion, before, after, forward, absorbed, result);
  }

  private static boolean spatialOrInverted(Node pointwise, Optional<Node> inverse) {
    return pointwise.operand(0).type().domain() instanceof Domain.Frequency == inverse.isPresent();
  }
}
