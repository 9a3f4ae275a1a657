package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.onnx.operator.NodeImport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The nodes of an ONNX graph that its outputs need, in an order where operands come first: the file's order if that is
 * one.
 *
 * <p>{@link #of} checks what SSA asks for: each name is defined once and is defined at all, and no node depends on
 * itself.
 *
 * @param nodes the nodes that are needed
 * @param names all tensors of the graph, needed or not
 * @param read tensors that a needed node or the user reads
 */
record NodeOrder(List<NodeProto> nodes, Set<String> names, Set<String> read) {
  /**
   * The order of {@code graph}, or error LP1005.
   *
   * @param outer whether a name has a meaning outside, where the graph is a body
   */
  static NodeOrder of(GraphProto graph, Predicate<String> outer) {
    Set<String> given = given(graph);
    Map<String, Integer> producers = producers(graph, given);
    Set<Integer> needed = needed(graph, name -> given.contains(name) || outer.test(name), producers);
    List<NodeProto> nodes = sorted(graph, producers, needed);
    Set<String> names = new LinkedHashSet<>(given);
    names.addAll(producers.keySet());
    Set<String> read = new LinkedHashSet<>();
    nodes.forEach(node -> read.addAll(Renaming.read(node)));
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    return new NodeOrder(nodes, names, read);
  }

  private static Set<String> given(GraphProto graph) {
    Set<String> inputs = new LinkedHashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (input.getName().isEmpty() || !inputs.add(input.getName())) {
        throw malformed(input.getName(), "is the name of two inputs or of none");
      }
    }
    // Up to IR version 3 initializers are listed among the inputs, too.
    Set<String> initializers = new LinkedHashSet<>();
    for (TensorProto initializer : graph.getInitializerList()) {
      if (!initializers.add(initializer.getName())) {
        throw malformed(initializer.getName(), "is defined by two initializers");
      }
    }
    inputs.addAll(initializers);
    return inputs;
  }

  private static Map<String, Integer> producers(GraphProto graph, Set<String> given) {
    Map<String, Integer> producers = new LinkedHashMap<>();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      for (String output : graph.getNode(i).getOutputList()) {
        if (!output.isEmpty() && (given.contains(output) || producers.put(output, i) != null)) {
          throw malformed(NodeImport.placeOf(graph.getNode(i)), "defines '" + output + "', which is defined already");
        }
      }
    }
    return producers;
  }

  private static Set<Integer> needed(
      GraphProto graph, Predicate<String> given, Map<String, Integer> producers) {
    Set<Integer> needed = new LinkedHashSet<>();
    List<Integer> pending = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      visit(output.getName(), "the model", given, producers, pending);
    }
    while (!pending.isEmpty()) {
      int index = pending.removeLast();
      if (needed.add(index)) {
        NodeProto node = graph.getNode(index);
        for (String input : Renaming.read(node)) {
          visit(input, NodeImport.placeOf(node), given, producers, pending);
        }
      }
    }
    return needed;
  }

  private static void visit(
      String name, String reader, Predicate<String> given, Map<String, Integer> producers, List<Integer> pending) {
    Integer producer = producers.get(name);
    if (producer != null) {
      pending.add(producer);
    } else if (!given.test(name)) {
      throw malformed(reader, "reads '" + name + "', which nothing defines");
    }
  }

  /** Kahn's algorithm; of the nodes that are ready, the one that comes first in the file goes first. */
  private static List<NodeProto> sorted(GraphProto graph, Map<String, Integer> producers, Set<Integer> needed) {
    Map<Integer, Set<Integer>> users = new LinkedHashMap<>();
    Map<Integer, Integer> missing = new LinkedHashMap<>();
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int index : needed) {
      Set<Integer> operands = new LinkedHashSet<>();
      for (String input : Renaming.read(graph.getNode(index))) {
        Integer producer = producers.get(input);
        if (producer != null && operands.add(producer)) {
          users.computeIfAbsent(producer, ignored -> new LinkedHashSet<>()).add(index);
        }
      }
      missing.put(index, operands.size());
      if (operands.isEmpty()) {
        ready.add(index);
      }
    }
    List<NodeProto> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int index = ready.remove();
      sorted.add(graph.getNode(index));
      missing.remove(index);
      for (int user : users.getOrDefault(index, Set.of())) {
        if (missing.merge(user, -1, Integer::sum) == 0) {
          ready.add(user);
        }
      }
    }
    if (!missing.isEmpty()) {
      int stuck = missing.keySet().stream().min(Integer::compare).orElseThrow();
      throw malformed(NodeImport.placeOf(graph.getNode(stuck)), "depends on its own result");
    }
    return sorted;
  }

  private static LowpassException malformed(String place, String message) {
    return new LowpassException("LP1005", place.isEmpty() ? "graph" : place, message);
  }
}
