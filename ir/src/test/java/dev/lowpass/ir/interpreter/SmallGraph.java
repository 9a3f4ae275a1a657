package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Location;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Op;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a graph line by line and runs it on inputs given when they are declared. */
final class SmallGraph {
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> given = new LinkedHashMap<>();

  /** An input of type {@code type} without elements. */
  Value input(String name, TensorType type) {
    Value input = new Value(name, type);
    inputs.add(input);
    return input;
  }

  /** An input of the type and elements of {@code tensor}. */
  Value input(String name, Tensor tensor) {
    return input(name, tensor.type(), tensor);
  }

  /** An input of type {@code type} whose elements are stored as {@code tensor}. */
  Value input(String name, TensorType type, Tensor tensor) {
    given.put(name, tensor);
    return input(name, type);
  }

  Value constant(float[] values, int... shape) {
    return node("constant" + nodes.size(), new Constant(Tensor.of(values, shape)));
  }

  Value node(String name, Op op, Value... operands) {
    Node node = Node.of(name, op, List.of(operands), Location.UNKNOWN);
    nodes.add(node);
    return node.result();
  }

  Graph returning(Value... outputs) {
    List<Graph.Output> results = new ArrayList<>();
    for (Value output : outputs) {
      results.add(new Graph.Output(output.name(), output));
    }
    return new Graph("small", inputs, nodes, results);
  }

  /** The value of {@code output} for the given inputs, in its storage shape. */
  Tensor run(Value output) {
    return Interpreter.run(returning(output), given).get(output.name());
  }
}
