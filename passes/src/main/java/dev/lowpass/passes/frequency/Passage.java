package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.graph.Rewrite;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Idct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node's way into the frequency domain of one grid: what it would cost, counted in transformed channels, and the
 * rewrite.
 */
final class Passage {
  private final GraphIndex index;
  private final Node node;
  private final List<Integer> commuting;
  private final Grid grid;
  private final boolean divides;
  private final List<Node> added = new ArrayList<>();
  private final Map<String, Value> replaced = new LinkedHashMap<>();
  private int balance;
  private boolean frees = true;

  /** @param commuting the operands of {@code node} that become coefficients */
  Passage(GraphIndex index, Node node, List<Integer> commuting, Grid grid) {
    this.index = index;
    this.node = node;
    this.commuting = commuting;
    this.grid = grid;
    this.divides = grid.divides(node.type());
    result(operands());
  }

  boolean pays() {
    boolean mayStay = frees && !(node.op() instanceof Pointwise);
    return balance < 0 || balance == 0 && mayStay;
  }

  Rewrite rewrite() {
    return new Rewrite(added, replaced);
  }

  private List<Value> operands() {
    Map<String, Value> coefficients = new LinkedHashMap<>();
    List<Value> operands = new ArrayList<>(node.operands());
    for (int position : commuting) {
      Value operand = node.operand(position);
      operands.set(position, coefficients.computeIfAbsent(operand.name(), ignored -> coefficients(operand)));
    }
    return operands;
  }

  private Value coefficients(Value operand) {
    Optional<Node> idct = index.producer(operand).filter(this::isInverseHere);
    if (idct.isPresent()) {
      boolean unused = isFreed(operand);
      balance -= unused ? channels(operand) : 0;
      frees &= unused;
      return idct.get().operand(0);
    }
    Optional<Node> present = index.users(operand).stream().filter(this::isWholeTransformHere).findFirst();
    if (present.isPresent()) {
      return present.get().result();
    }
    Node dct = Node.of(index.fresh(operand.name() + ".dct"), grid.dct(), List.of(operand), node.location());
    balance += channels(operand);
    added.add(dct);
    return dct.result();
  }

  private boolean isInverseHere(Node producer) {
    return producer.op() instanceof Idct && grid.equals(Grid.of(producer.operand(0).type().frequency()));
  }

  private boolean isWholeTransformHere(Node reader) {
    return isTransformHere(reader) && Truncation.isWhole(reader.type().frequency());
  }

  private boolean isTransformHere(Node reader) {
    return reader.op() instanceof Dct dct && grid.equals(Grid.of(dct));
  }

  /** Whether an inverse's result would have no reader left: this node goes, and transforms on the same grid cancel. */
  private boolean isFreed(Value inverse) {
    return !index.isOutput(inverse)
        && index.users(inverse).stream()
            .allMatch(reader -> reader.name().equals(node.name()) || divides && isTransformHere(reader));
  }

  private void result(List<Value> operands) {
    Node inside = Node.of(node.name(), node.op(), operands, node.location());
    added.add(inside);
    boolean spatial = index.isOutput(node.result());
    for (Node reader : index.users(node.result())) {
      Optional<List<Node>> truncating =
          divides && isTransformHere(reader)
              ? Truncation.intoReaders(index, reader, inside.result())
              : Optional.empty();
      if (truncating.isPresent()) {
        balance -= channels(node.result());
        added.addAll(truncating.get());
        replaced.put(reader.name(), inside.result());
      } else {
        spatial = true;
      }
    }
    if (spatial) {
      balance += channels(node.result());
      Node idct = Node.of(index.fresh(node.name() + ".idct"), new Idct(), List.of(inside.result()), node.location());
      added.add(idct);
      replaced.put(node.name(), idct.result());
    }
  }

  private static int channels(Value value) {
    return value.type().shape().dim(1);
  }
}
