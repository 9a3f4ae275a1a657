package dev.lowpass.testsuite.hostile;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Models as nobody's exporter writes them: a few lines each, unchecked. */
final class Proto {
  static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
  static final int INT64 = TensorProto.DataType.INT64.getNumber();

  private Proto() {}

  /** A model of opset 17 with input x of {@code shape} and output y. */
  static ModelProto.Builder model(long... shape) {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(9);
    model.addOpsetImportBuilder().setVersion(17);
    model.getGraphBuilder().setName("g").addInput(value("x", shape)).addOutput(ValueInfoProto.newBuilder().setName("y"));
    return model;
  }

  static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (long extent : shape) {
      dims.addDimBuilder().setDimValue(extent);
    }
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    value.getTypeBuilder().getTensorTypeBuilder().setElemType(FLOAT).setShape(dims);
    return value.build();
  }

  static NodeProto node(String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(type.toLowerCase(Locale.ROOT) + "_" + String.join("_", outputs))
        .addAllInput(inputs)
        .addAllOutput(outputs)
        .addAllAttribute(Arrays.asList(attributes))
        .build();
  }

  /** {@code model} with a node of {@code type} from x and {@code others} to y. */
  static ModelProto.Builder with(ModelProto.Builder model, String type, List<String> others, AttributeProto... attributes) {
    List<String> inputs = new ArrayList<>(List.of("x"));
    inputs.addAll(others);
    model.getGraphBuilder().addNode(node(type, inputs, List.of("y"), attributes));
    return model;
  }

  static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto graph(String name, GraphProto graph) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.GRAPH).setG(graph).build();
  }

  static TensorProto floats(String name, long[] dims, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    Arrays.stream(dims).forEach(tensor::addDims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  static TensorProto integers(String name, long... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(INT64).addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return tensor.build();
  }
}
