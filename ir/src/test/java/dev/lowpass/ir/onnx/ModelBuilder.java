package dev.lowpass.ir.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.onnx.tensor.TensorEncoder;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.op.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Small ONNX models for tests, written down in the order of a file. */
final class ModelBuilder {
  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final GraphProto.Builder graph = model.getGraphBuilder().setName("test");

  private ModelBuilder(int opset) {
    model.addOpsetImportBuilder().setDomain("").setVersion(opset);
  }

  static ModelBuilder opset(int opset) {
    return new ModelBuilder(opset);
  }

  /** A floating-point input; a dimension is a number, or a string for one that is open. */
  ModelBuilder input(String name, Object... dims) {
    return input(DataType.FLOAT, name, dims);
  }

  ModelBuilder input(DataType type, String name, Object... dims) {
    ValueInfoProto.Builder input = graph.addInputBuilder().setName(name);
    TypeProto.Tensor.Builder tensor = input.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
    TensorShapeProto.Builder shape = tensor.getShapeBuilder();
    for (Object dim : dims) {
      Dimension.Builder dimension = shape.addDimBuilder();
      if (dim instanceof Integer extent) {
        dimension.setDimValue(extent);
      } else {
        dimension.setDimParam(dim.toString());
      }
    }
    return this;
  }

  /** A weight of {@code shape} with elements 0, 1, 2, … */
  ModelBuilder weight(String name, int... shape) {
    return tensor(name, counting(Shape.of(shape)));
  }

  ModelBuilder scalar(String name, float value) {
    return tensor(name, Tensor.scalar(value));
  }

  /** A one-dimensional initializer of 64-bit integers. */
  ModelBuilder indices(String name, long... values) {
    return tensor(name, Tensor.ofIntegers(ElementType.I64, values, Shape.of(values.length)));
  }

  ModelBuilder tensor(String name, Tensor tensor) {
    graph.addInitializer(TensorEncoder.encode(name, tensor));
    return this;
  }

  /** A node called {@code output + "_node"} with one output. */
  ModelBuilder node(String type, List<String> inputs, String output, AttributeProto... attributes) {
    return node(type, inputs, List.of(output), attributes);
  }

  ModelBuilder node(String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(outputs.getFirst() + "_node")
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  ModelBuilder output(String... names) {
    for (String name : names) {
      graph.addOutputBuilder().setName(name);
    }
    return this;
  }

  ModelProto.Builder proto() {
    return model;
  }

  byte[] bytes() {
    return model.build().toByteArray();
  }

  /** The graph with its last node's result as output, unless outputs are named. */
  Graph read() {
    return model(ImportOptions.defaults()).graph();
  }

  /** The operators of the graph without its constants. */
  List<Op> operators() {
    return read().nodes().stream().map(Node::op).filter(op -> !(op instanceof Constant)).toList();
  }

  /** The value of the first output for an input 0, 1, 2, … */
  Tensor run() {
    Graph read = read();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    read.inputs().forEach(input -> inputs.put(input.name(), counting(input.type().shape())));
    return Interpreter.run(read, inputs).firstEntry().getValue();
  }

  private static Tensor counting(Shape shape) {
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(values, shape);
  }

  ImportedModel model(ImportOptions options) {
    if (graph.getOutputCount() == 0) {
      output(graph.getNode(graph.getNodeCount() - 1).getOutput(0));
    }
    return OnnxReader.read(bytes(), "test.onnx", options);
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, long... values) {
    List<Long> list = LongStream.of(values).boxed().toList();
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS).addAllInts(list).build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto text(String name, String value) {
    ByteString bytes = ByteString.copyFromUtf8(value);
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.STRING).setS(bytes).build();
  }

  static AttributeProto value(Tensor value) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeType.TENSOR)
        .setT(TensorEncoder.encode("", value))
        .build();
  }
}
