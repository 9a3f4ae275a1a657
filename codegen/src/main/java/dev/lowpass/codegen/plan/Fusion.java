package dev.lowpass.codegen.plan;

import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Node;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes that one kernel carries out: what stands around an anchor and can be done in its epilogue or before it. */
final class Fusion {
  private Fusion() {}

  /** What follows a linear anchor: an addition of something else, and functions of one element. */
  record Epilogue(Optional<Value> residual, List<Node> functions, List<Node> absorbed, Value result) {}

  /** Everything around a depthwise node; see {@link Step.FusedDepthwise}. */
  record Depthwise(
      Value input,
      Optional<Node> expansion,
      List<Node> before,
      List<Node> after,
      Optional<Node> forward,
      List<Node> absorbed,
      Value result) {}

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
    return new Epilogue(residual, functions, absorbed, absorbed.isEmpty() ? value : absorbed.getLast().result());
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

  static Depthwise around(Chain chain, Node depthwise) {
    List<Node> absorbed = new ArrayList<>();
    Value input = depthwise.operand(0);
    List<Node> before = chain.elementwiseBefore(input);
    Value start = before.isEmpty() ? input : before.getFirst().operand(0);
    Optional<Node> inverse =
        chain.privateProducer(start).filter(node -> node.op() instanceof Idct && Chain.hasWholeBlocks(node));
    Value linear = inverse.map(node -> node.operand(0)).orElse(start);
    Optional<Node> expansion =
        chain.privateProducer(linear).filter(node -> node.op() instanceof Pointwise && spatialOrInverted(node, inverse));
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
