package dev.lowpass.codegen.plan.fusion;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.GlobalAveragePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a kernel does with the results of a linear node, its anchor, before it writes them: an addition of something
 * else, functions of one element, and a mean over the map.
 */
public record FusedEpilogue(Optional<Sum> sum, List<Node> functions, Optional<Node> pool) {
  private static final FusedEpilogue NONE = new FusedEpilogue(Optional.empty(), List.of(), Optional.empty());

  public FusedEpilogue {
    functions = List.copyOf(functions);
  }

  /** An addition of {@code residual}, which another kernel computes. */
  public record Sum(Node node, Value residual) {}

  /** An addition and functions behind {@code anchor}, whoever else may want them. */
  static FusedEpilogue of(Chain chain, Node anchor) {
    Value result = anchor.result();
    Optional<Sum> sum = chain.onlyUser(result).flatMap(node -> sum(chain, node, result));
    Value at = sum.map(Sum::node).map(Node::result).orElse(result);
    return new FusedEpilogue(sum, at.type().isSpatial() ? chain.elementwiseAfter(at) : List.of(), Optional.empty());
  }

  /** The same; nothing where another group has some of it. */
  static FusedEpilogue of(Chain chain, Node anchor, Predicate<Node> isFree) {
    FusedEpilogue epilogue = of(chain, anchor);
    return epilogue.nodes().stream().allMatch(isFree) ? epilogue : NONE;
  }

  /** With a mean over what else would be a map in memory, if nothing else is wanted of it. */
  FusedEpilogue pooled(Chain chain, Node anchor) {
    List<Node> nodes = nodes();
    Node last = nodes.isEmpty() ? anchor : nodes.getLast();
    Optional<Node> mean = chain.onlyUser(last.result()).filter(node -> node.op() instanceof GlobalAveragePool);
    return new FusedEpilogue(sum, functions, mean);
  }

  public Optional<Value> residual() {
    return sum.map(Sum::residual);
  }

  /** All of it, in the order of the graph. */
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    sum.map(Sum::node).ifPresent(nodes::add);
    nodes.addAll(functions);
    pool.ifPresent(nodes::add);
    return nodes;
  }

  /** {@code node}, if it adds {@code value} to another computed value of the same shape and domain. */
  private static Optional<Sum> sum(Chain chain, Node node, Value value) {
    if (!(node.op() instanceof Binary(Binary.Kind kind)) || kind != Binary.Kind.ADD) {
      return Optional.empty();
    }
    Value left = node.operand(0);
    Value right = node.operand(1);
    Value other = left.name().equals(value.name()) ? right : left;
    boolean alike =
        !left.name().equals(right.name())
            && left.type().shape().equals(right.type().shape())
            && left.type().isSpatial() == right.type().isSpatial()
            && left.type().shape().rank() == 4;
    return alike && !chain.isConstant(other) ? Optional.of(new Sum(node, other)) : Optional.empty();
  }
}
