package dev.lowpass.testsuite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.testsuite.model.OnnxRuntimePeer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operators on quantised numbers, which have whole results: compiled, they are those of ONNX Runtime. */
class QuantizedOperatorsTest {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  private static final int BYTE = TensorProto.DataType.UINT8_VALUE;
  private static final int SIGNED = TensorProto.DataType.INT8_VALUE;
  private static final int WHOLE = TensorProto.DataType.INT32_VALUE;

  /**
   * Where signed weights end. On processors that have no instruction for such products ONNX Runtime adds two of them in 16
   * bits, which weights of 8 bits overflow.
   */
  private static final int SIGNED_END =
      Processor.features().stream().anyMatch(feature -> feature.endsWith("_vnni")) ? 128 : 64;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("main");
  private final Random random = new Random(7);

  @Test
  void quantizedByAxisAndBack() throws OrtException {
    input("x", 2, 3, 4, 5);
    reals("scale", 0.11f, 0.02f, 0.3f);
    bytes("zero", BYTE, 100, 3, 200);
    node("QuantizeLinear", List.of("x", "scale", "zero"), "q");
    node("DequantizeLinear", List.of("q", "scale", "zero"), "y");
    assertAgrees(2, 3, 4, 5);
  }

  @Test
  void quantizedByWhatIsThere() throws OrtException {
    input("x", 3, 40);
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("DynamicQuantizeLinear")
            .addInput("x")
            .addAllOutput(List.of("q", "scale", "zero")));
    node("DequantizeLinear", List.of("q", "scale", "zero"), "y");
    assertAgrees(3, 40);
  }

  /** 3 · 3 · 64 products a sum: more than f32 holds without taking factors apart. */
  @Test
  void convolution() throws OrtException {
    quantizedInput(1, 64, 9, 9);
    random("w", SIGNED, 32, 64, 3, 3);
    reals("kernels", random(32));
    bytes("kernel.zeros", SIGNED, new int[32]);
    reals("result", 40f);
    bytes("result.zero", BYTE, 120);
    random("bias", WHOLE, 32);
    List<String> operands =
        List.of("q", "scale", "zero", "w", "kernels", "kernel.zeros", "result", "result.zero", "bias");
    node("QLinearConv", operands, "z", integers("pads", 1, 1, 1, 1));
    node("DequantizeLinear", List.of("z", "result", "result.zero"), "y");
    assertAgrees(1, 64, 9, 9);
  }

  @Test
  void depthwiseConvolutionOfBytes() throws OrtException {
    quantizedInput(1, 32, 9, 9);
    random("w", BYTE, 32, 1, 3, 3);
    bytes("kernel.zero", BYTE, 131);
    node("ConvInteger", List.of("q", "w", "zero", "kernel.zero"), "z", integers("strides", 2, 2), group(32));
    node("Cast", List.of("z"), "y", to(FLOAT));
    assertAgrees(1, 32, 9, 9);
  }

  @Test
  void pointwiseConvolutionWithoutRounding() throws OrtException {
    quantizedInput(1, 320, 7, 7);
    random("w", BYTE, 48, 320, 1, 1);
    node("ConvInteger", List.of("q", "w", "zero"), "z");
    node("Cast", List.of("z"), "y", to(FLOAT));
    assertAgrees(1, 320, 7, 7);
  }

  @Test
  void matrixProducts() throws OrtException {
    quantizedInput(5, 900);
    random("w", SIGNED, 900, 33);
    bytes("w.zero", SIGNED, -7);
    node("MatMulInteger", List.of("q", "w", "zero", "w.zero"), "z");
    node("Cast", List.of("z"), "y", to(FLOAT));
    assertAgrees(5, 900);
  }

  @Test
  void matrixProductsRounded() throws OrtException {
    quantizedInput(5, 70);
    random("w", BYTE, 70, 33);
    reals("w.scale", 0.013f);
    bytes("w.zero", BYTE, 99);
    reals("result", 1.7f);
    bytes("result.zero", BYTE, 128);
    node("QLinearMatMul", List.of("q", "scale", "zero", "w", "w.scale", "w.zero", "result", "result.zero"), "z");
    node("DequantizeLinear", List.of("z", "result", "result.zero"), "y");
    assertAgrees(5, 70);
  }

  private void quantizedInput(int... shape) {
    input("x", shape);
    reals("scale", 0.021f);
    bytes("zero", BYTE, 117);
    node("QuantizeLinear", List.of("x", "scale", "zero"), "q");
  }

  private void input(String name, int... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int extent : shape) {
      dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
    }
    TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(dims).build();
    graph.addInput(ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)));
  }

  private void reals(String name, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(values.length == 1 ? tensor : tensor.addDims(values.length));
  }

  private void bytes(String name, int type, int... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    graph.addInitializer(values.length == 1 ? tensor : tensor.addDims(values.length));
  }

  private void random(String name, int type, int... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
    int elements = 1;
    for (int extent : shape) {
      tensor.addDims(extent);
      elements *= extent;
    }
    for (int i = 0; i < elements; i++) {
      tensor.addInt32Data(type == SIGNED ? random.nextInt(2 * SIGNED_END) - SIGNED_END : random.nextInt(type == BYTE ? 256 : 9999));
    }
    graph.addInitializer(tensor);
  }

  private float[] random(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return values;
  }

  private void node(String type, List<String> inputs, String output, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static AttributeProto group(int value) {
    return integer("group", value);
  }

  private static AttributeProto to(int type) {
    return integer("to", type);
  }

  private static AttributeProto integer(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private void assertAgrees(int... shape) throws OrtException {
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName("y")
            .setType(
                TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT))));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(13);
    byte[] bytes = model.build().toByteArray();
    float[] values = new float[IntStream.of(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2.5f * (float) random.nextGaussian();
    }
    Map<String, Tensor> inputs = Map.of("x", Tensor.of(values, shape));
    Graph read = OnnxReader.read(bytes, "model", ImportOptions.defaults()).graph();
    try (OnnxRuntimePeer peer = new OnnxRuntimePeer(bytes);
        CompiledGraph compiled = CompiledGraph.of(read, CompileOptions.defaults())) {
      Tensor expected = peer.run(inputs).firstEntry().getValue();
      Tensor found = compiled.outputs(inputs, 1).values().iterator().next();
      assertThat(found.shape()).isEqualTo(expected.shape());
      assertThat(found.floats()).containsExactly(expected.floats());
    }
  }
}
