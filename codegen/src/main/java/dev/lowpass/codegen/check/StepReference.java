package dev.lowpass.codegen.check;

import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.Numbers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the steps of a plan should compute: the interpreter on the nodes that each stands for. */
final class StepReference {
  private final Graph graph;
  private final Map<String, Node> producers;

  /** The value that each slot holds. */
  private final Map<Slot, Value> held = new HashMap<>();

  StepReference(Graph graph, Plan plan) {
    this.graph = graph;
    this.producers = graph.producers();
    Map<String, Value> named = new HashMap<>();
    graph.inputs().forEach(value -> named.put(value.name(), value));
    graph.nodes().forEach(node -> named.put(node.name(), node.result()));
    plan.inputs().forEach(slot -> held.put(slot, named.get(slot.name())));
    for (Step step : plan.steps()) {
      step.reads().stream()
          .filter(slot -> slot.home() == Slot.Home.CONSTANT && named.containsKey(slot.name()))
          .forEach(slot -> held.put(slot, named.get(slot.name())));
      // A value that no step writes as a whole.
      step.reads().stream()
          .filter(slot -> !held.containsKey(slot) && named.containsKey(slot.name()))
          .forEach(slot -> held.put(slot, named.get(slot.name())));
      Slot output = step.output();
      Value value =
          copied(step)
              .map(held::get)
              .orElseGet(
                  () ->
                      output.home() == Slot.Home.OUTPUT
                          ? graph.outputs().get(output.index()).value()
                          : named.get(output.name()));
      held.put(output, value);
    }
  }

  /** The slot whose value a step only brings into another layout, or cuts to its band; nothing where it computes. */
  private static Optional<Slot> copied(Step step) {
    return switch (step) {
      case MoveStep move when move.op().isEmpty() -> Optional.of(move.inputs().getFirst());
      case CombineStep combine when combine.right().constant().isPresent() && combine.right().isCoefficients() ->
          Optional.of(combine.left());
      case MoveStep _, CombineStep _ -> Optional.empty();
      case ProductStep _, BlockStep _, DepthwiseStep _, TransformStep _, ConvolutionStep _ -> Optional.empty();
      case PoolStep _, ResizeStep _, NormalizeStep _, MultiplyStep _ -> Optional.empty();
      case ExpressionStep _, GeneralStep _, ArgChannelsStep _ -> Optional.empty();
    };
  }

  /** The type of the value that {@code slot} holds. */
  TensorType type(Slot slot) {
    return held.get(slot).type();
  }

  /** What {@code step} makes of what its slots hold, unrounded. */
  Numbers of(Step step, Map<Slot, Numbers> values) {
    Optional<Slot> copied = copied(step);
    if (copied.isPresent()) {
      return step instanceof CombineStep cut ? cut(cut, values) : value(copied.orElseThrow(), values);
    }
    Map<String, Value> leaves = new LinkedHashMap<>();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Slot slot : step.reads()) {
      boolean empty = slot.shape().elements() == 0;
      if (empty || slot.home() != Slot.Home.CONSTANT) {
        Value value = held.get(slot);
        leaves.put(value.name(), value);
        inputs.put(value.name(), empty ? Tensor.empty(value.type()) : values.get(slot).toTensor());
      }
    }
    Value result = held.get(step.output());
    Graph part =
        new Graph(
            step.name(),
            List.copyOf(leaves.values()),
            nodes(result, leaves.keySet()),
            List.of(new Graph.Output(result.name(), result)));
    return Interpreter.trace(part, inputs).get(result.name());
  }

  private static Numbers value(Slot slot, Map<Slot, Numbers> values) {
    return slot.constant().map(Numbers::of).orElseGet(() -> values.get(slot));
  }

  /** The coefficients that a mask of ones and zeros leaves. */
  private Numbers cut(CombineStep step, Map<Slot, Numbers> values) {
    Numbers input = values.get(step.left());
    Tensor ones = step.right().constant().orElseThrow();
    double[] mask = SlotValues.of(step.right(), input.type(), true, ones).values();
    double[] kept = new double[mask.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = mask[i] == 0 ? 0 : input.values()[i];
    }
    return new Numbers(input.type(), kept);
  }

  /** The nodes between {@code leaves} and {@code result}, in the graph's order. */
  private List<Node> nodes(Value result, Set<String> leaves) {
    Set<String> wanted = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(result.name()));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (leaves.contains(name) || !wanted.add(name)) {
        continue;
      }
      Node node = producers.get(name);
      if (node == null) {
        throw new IllegalStateException("the step of %" + result.name() + " needs %" + name + " and does not read it");
      }
      node.operands().forEach(operand -> open.push(operand.name()));
    }
    List<Node> nodes = new ArrayList<>();
    graph.nodes().stream().filter(node -> wanted.contains(node.name())).forEach(nodes::add);
    return nodes;
  }
}
