package dev.lowpass.testsuite.networks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The graph of an ONNX model, written down in order: nodes, stored tensors, inputs, outputs. */
final class OnnxGraph {
  private final String name;
  private final int opset;
  private final Exporter exporter;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final List<NodeProto.Builder> nodes = new ArrayList<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();

  OnnxGraph(String name, int opset, Exporter exporter) {
    this.name = name;
    this.opset = opset;
    this.exporter = exporter;
  }

  int opset() {
    return opset;
  }

  Feature input(String input, int... shape) {
    declare(graph.addInputBuilder(), input, shape);
    return new Feature(input, Feature.shape(shape));
  }

  /** An input whose first extent the file leaves open: it has the name {@code batch} there. */
  Feature openInput(String input, String batch, int... shape) {
    TensorShapeProto.Builder extents = declare(graph.addInputBuilder(), input, shape);
    extents.setDim(0, TensorShapeProto.Dimension.newBuilder().setDimParam(batch));
    return new Feature(input, Feature.shape(shape));
  }

  private static TensorShapeProto.Builder declare(ValueInfoProto.Builder value, String name, int... shape) {
    TypeProto.Tensor.Builder type = value.setName(name).getTypeBuilder().getTensorTypeBuilder();
    TensorShapeProto.Builder extents = type.setElemType(DataType.FLOAT.getNumber()).getShapeBuilder();
    for (int extent : shape) {
      extents.addDimBuilder().setDimValue(extent);
    }
    return extents;
  }

  /** An initializer. */
  Feature stored(String role, Tensor tensor) {
    String stored = exporter.weight(role, graph.getInitializerCount());
    graph.addInitializer(TensorEncoder.encode(stored, tensor));
    return new Feature(stored, tensor.shape().dims());
  }

  /** A small constant: a node, or an initializer, as the exporter likes it. */
  Feature constant(Tensor tensor) {
    if (!exporter.constantsAreNodes()) {
      return stored("const", tensor);
    }
    return node("Constant", List.of(), tensor.shape().dims(), Attributes.tensor("value", tensor));
  }

  Feature scalar(double value) {
    return constant(Tensor.of(new float[] {(float) value}, Shape.of()));
  }

  /** A list of integers. */
  Feature indices(List<Integer> values) {
    long[] integers = values.stream().mapToLong(Integer::longValue).toArray();
    return constant(Tensor.ofIntegers(ElementType.I64, integers, Shape.of(integers.length)));
  }

  Feature indices(int... values) {
    return indices(Feature.shape(values));
  }

  Feature node(String type, List<Feature> operands, List<Integer> shape, AttributeProto... attributes) {
    return nodeOf(type, operands, List.of(shape), attributes).getFirst();
  }

  /** A node with a result for each of {@code shapes}. */
  List<Feature> nodeOf(String type, List<Feature> operands, List<List<Integer>> shapes, AttributeProto... attributes) {
    int index = nodes.size();
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).setName(exporter.node(type, index));
    operands.forEach(operand -> node.addInput(operand.name()));
    node.addAllAttribute(List.of(attributes));
    List<Feature> results = new ArrayList<>();
    for (List<Integer> shape : shapes) {
      results.add(new Feature(exporter.value(type, index, results.size()), shape));
      node.addOutput(results.getLast().name());
    }
    nodes.add(node);
    return results;
  }

  /** Makes {@code value} an output that is called {@code output}. */
  void output(String output, Feature value) {
    outputs.put(value.name(), output);
    declare(graph.addOutputBuilder(), output, value.shape().stream().mapToInt(Integer::intValue).toArray());
  }

  byte[] bytes() {
    GraphProto.Builder complete = graph.clone().setName(name);
    for (NodeProto.Builder node : nodes) {
      NodeProto.Builder named = node.clone();
      for (int i = 0; i < node.getInputCount(); i++) {
        named.setInput(i, outputs.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        named.setOutput(i, outputs.getOrDefault(node.getOutput(i), node.getOutput(i)));
      }
      complete.addNode(named);
    }
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(opset < 10 ? 4 : 8).setProducerName("lowpass");
    model.addOpsetImportBuilder().setDomain("").setVersion(opset);
    return model.setGraph(complete).build().toByteArray();
  }
}
