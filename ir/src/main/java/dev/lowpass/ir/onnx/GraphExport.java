package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.onnx.tensor.Encoding;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Layer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A graph while it is being written: ONNX nodes, and initializers for constants and for what ONNX takes as operands.
 */
final class GraphExport {
  private final Graph graph;
  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Set<String> names = new LinkedHashSet<>();

  /** By location, the value of the node that will have it as its name. */
  private final Map<String, String> named = new HashMap<>();

  /** Constants that are written under another shape. */
  private final Set<String> reshaped = new LinkedHashSet<>();

  GraphExport(Graph graph) {
    this.graph = graph;
    graph.inputs().forEach(input -> names.add(input.name()));
    graph.nodes().forEach(node -> names.add(node.name()));
    nameAfterPlaces();
    graph.outputs().forEach(output -> names.add(output.name()));
  }

  /** Names of ONNX nodes are unique: of several nodes with one location a layer has it, as bands name layers, or else the first. */
  private void nameAfterPlaces() {
    List<Node> layers = graph.nodes().stream().filter(node -> node.op() instanceof Layer).toList();
    Stream<Node> others = graph.nodes().stream().filter(node -> !(node.op() instanceof Constant));
    Stream.concat(layers.stream(), others).forEach(node -> named.putIfAbsent(node.location().text(), node.name()));
  }

  GraphProto run() {
    proto.setName(graph.name());
    graph.inputs().forEach(input -> proto.addInput(valueInfo(input.name(), input.type())));
    NodeExport export = new NodeExport(this);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Constant constant) {
        proto.addInitializer(TensorEncoder.encode(node.name(), constant.value()));
      } else {
        export.write(node);
      }
    }
    for (Graph.Output output : graph.outputs()) {
      if (!output.name().equals(output.value().name())) {
        add(node("Identity", output.name(), List.of(output.value().name())));
      }
      proto.addOutput(valueInfo(output.name(), output.value().type()));
    }
    dropUnread();
    return proto.build();
  }

  /** Of constants under another shape those that nothing reads under their own: weights are not written twice. */
  private void dropUnread() {
    Set<String> read = new LinkedHashSet<>();
    proto.getNodeList().forEach(node -> read.addAll(node.getInputList()));
    proto.getOutputList().forEach(output -> read.add(output.getName()));
    List<TensorProto> kept =
        proto.getInitializerList().stream()
            .filter(tensor -> !reshaped.contains(tensor.getName()) || read.contains(tensor.getName()))
            .toList();
    proto.clearInitializer().addAllInitializer(kept);
  }

  void add(NodeProto.Builder node) {
    proto.addNode(node);
  }

  /** A node that stands for {@code node}, and has its location as name unless another one has that. */
  NodeProto.Builder node(String type, Node node, List<String> inputs) {
    NodeProto.Builder written = node(type, node.name(), inputs);
    String place = node.location().text();
    return named.remove(place, node.name()) ? written.setName(place) : written;
  }

  private static NodeProto.Builder node(String type, String output, List<String> inputs) {
    return NodeProto.newBuilder().setOpType(type).addOutput(output).addAllInput(inputs);
  }

  /** A constant operand of {@code node} that the IR holds as an attribute; returns its name. */
  String operand(Node node, String suffix, Tensor tensor) {
    String name = fresh(node.name() + "." + suffix);
    proto.addInitializer(TensorEncoder.encode(name, tensor));
    return name;
  }

  String operand(Node node, String suffix, List<? extends Number> integers) {
    long[] values = integers.stream().mapToLong(Number::longValue).toArray();
    return operand(node, suffix, Tensor.ofIntegers(ElementType.I64, values, Shape.of(values.length)));
  }

  /** {@code value} under another shape: another initializer if it is a constant, else a Reshape. */
  String reshaped(Node user, Value value, Shape shape) {
    if (graph.producer(value).map(Node::op).orElse(null) instanceof Constant constant) {
      reshaped.add(value.name());
      return operand(user, "reshaped", constant.value().reshaped(shape));
    }
    String dims = operand(user, "shape", shape.dims());
    return intermediate(user, "reshaped", "Reshape", List.of(value.name(), dims));
  }

  /** Another node on the way to {@code user}; returns its output's name. */
  String intermediate(Node user, String suffix, String type, List<String> inputs) {
    String name = fresh(user.name() + "." + suffix);
    add(node(type, name, inputs));
    return name;
  }

  String fresh(String base) {
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + i;
    }
    return name;
  }

  private static ValueInfoProto valueInfo(String name, TensorType type) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(Encoding.of(type.element()).number());
    // Asked for even when it has no dimensions: without it the rank would be unknown.
    tensor.getShapeBuilder();
    type.shape().dims().forEach(dim -> tensor.getShapeBuilder().addDimBuilder().setDimValue(dim));
    return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
  }
}
