package dev.lowpass.testsuite.bench;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import dev.lowpass.cli.data.PictureFile;
import dev.lowpass.cli.data.PictureFolder;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.runtime.picture.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code Int8Quantization MODEL.onnx PICTURES COUNT OUT.onnx} quantises a classifier as users of ONNX Runtime do:
 * activations to 8 bits without a sign, with the mean of the ranges that the pictures give; weights to 8 bits with a sign,
 * each output by itself; biases to 32 bits. Something to compare bfloat16 with: ONNX Runtime runs it with its fastest
 * kernels (QLinearConv, and com.microsoft's QLinearAdd, QLinearGlobalAveragePool and QGemm).
 *
 * <p>For models of Conv, Clip, Add, GlobalAveragePool, Flatten and one last Gemm, such as MobileNets without batch
 * normalisation, that read pictures in -1 to 1.
 */
public final class Int8Quantization {
  private static final String CONTRIBUTED = "com.microsoft";

  /** A value is scale · (q - zero). */
  private record Scale(float scale, int zero) {
    /** Of numbers between {@code low} and {@code high}, and 0. */
    static Scale of(double low, double high) {
      double least = Math.min(0, low);
      double most = Math.max(0, high);
      float scale = (float) Math.max((most - least) / 255, 1e-8);
      return new Scale(scale, Math.clamp(Math.round(-least / scale), 0, 255));
    }
  }

  private final GraphProto graph;
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, Scale> scales;
  private final GraphProto.Builder quantised = GraphProto.newBuilder().setName("int8");
  private final Set<String> known = new LinkedHashSet<>();

  private Int8Quantization(GraphProto graph, Map<String, Scale> scales) {
    this.graph = graph;
    this.scales = scales;
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
  }

  public static void main(String[] arguments) throws IOException, OrtException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("Int8Quantization MODEL.onnx PICTURES COUNT OUT.onnx");
    }
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(Path.of(arguments[0])));
    PictureSet pictures = PictureFolder.unlabelled(Path.of(arguments[1])).limited(Integer.parseInt(arguments[2]));
    Map<String, Scale> scales = scales(model, pictures);
    GraphProto graph = new Int8Quantization(model.getGraph(), scales).quantise();
    ModelProto out =
        model.toBuilder()
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(CONTRIBUTED).setVersion(1))
            .build();
    Files.write(Path.of(arguments[3]), out.toByteArray());
    System.out.printf("%d nodes, ranges of %d pictures%n", graph.getNodeCount(), pictures.size());
  }

  /** What each value ranges over, as ONNX Runtime computes it in single precision. */
  private static Map<String, Scale> scales(ModelProto model, PictureSet pictures) throws IOException, OrtException {
    GraphProto.Builder all = model.getGraph().toBuilder();
    Set<String> watched = new LinkedHashSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      watched.addAll(node.getOutputList());
    }
    model.getGraph().getOutputList().forEach(output -> watched.remove(output.getName()));
    watched.forEach(name -> all.addOutput(ValueInfoProto.newBuilder().setName(name)));
    String input = input(model.getGraph()).getName();
    long[] shape = {1, 3, extent(model, 2), extent(model, 3)};
    Map<String, double[]> sums = new LinkedHashMap<>();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    byte[] bytes = model.toBuilder().setGraph(all).build().toByteArray();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(bytes, options)) {
      for (PictureSet.Entry entry : pictures.entries()) {
        float[] x =
            Preprocessing.defaults().input(PictureFile.read(entry.file()), (int) shape[2], (int) shape[3]);
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
            OrtSession.Result result = session.run(Map.of(input, tensor))) {
          for (String name : watched) {
            add(sums, name, ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer());
          }
        }
      }
    }
    Map<String, Scale> scales = new HashMap<>();
    int count = pictures.size();
    sums.forEach((name, range) -> scales.put(name, Scale.of(range[0] / count, range[1] / count)));
    scales.put(input, Scale.of(-1, 1));
    return scales;
  }

  private static void add(Map<String, double[]> sums, String name, FloatBuffer values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    while (values.hasRemaining()) {
      float value = values.get();
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double[] range = sums.computeIfAbsent(name, _ -> new double[2]);
    range[0] += low;
    range[1] += high;
  }

  private static ValueInfoProto input(GraphProto graph) {
    Set<String> constants = new LinkedHashSet<>();
    graph.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
    return graph.getInputList().stream().filter(value -> !constants.contains(value.getName())).findFirst().orElseThrow();
  }

  private static long extent(ModelProto model, int axis) {
    return input(model.getGraph()).getType().getTensorType().getShape().getDim(axis).getDimValue();
  }

  private GraphProto quantise() {
    ValueInfoProto input = input(graph);
    quantised.addInput(input).addAllOutput(graph.getOutputList());
    String name = input.getName();
    add("", "QuantizeLinear", List.of(name, scale(name), zero(name)), q(name));
    List<NodeProto> nodes = graph.getNodeList();
    for (int i = 0; i < nodes.size(); i++) {
      NodeProto node = nodes.get(i);
      String x = node.getInput(0);
      String y = node.getOutput(0);
      switch (node.getOpType()) {
        case "Conv" -> {
          boolean clipped = nodes.get(i + 1).getOpType().equals("Clip") && nodes.get(i + 1).getInput(0).equals(y);
          convolution(node, clipped ? nodes.get(++i).getOutput(0) : y);
        }
        case "Add" -> {
          String b = node.getInput(1);
          List<String> inputs = List.of(q(x), scale(x), zero(x), q(b), scale(b), zero(b), scale(y), zero(y));
          add(CONTRIBUTED, "QLinearAdd", inputs, q(y));
        }
        case "GlobalAveragePool" ->
            add(CONTRIBUTED, "QLinearGlobalAveragePool", List.of(q(x), scale(x), zero(x), scale(y), zero(y)), q(y));
        case "Flatten" -> {
          scales.put(y, scales.get(x));
          add("", "Flatten", List.of(q(x)), q(y));
        }
        case "Gemm" -> product(node);
        default -> throw new IllegalArgumentException("no int8 for " + node.getOpType());
      }
    }
    return quantised.build();
  }

  private void convolution(NodeProto node, String y) {
    String x = node.getInput(0);
    String w = node.getInput(1);
    float[] steps = weights(w);
    biases(node.getInput(2), x, steps);
    List<String> inputs =
        List.of(
            q(x), scale(x), zero(x), w + ".q", w + ".scale", w + ".zero", scale(y), zero(y), node.getInput(2) + ".q");
    quantised.addNode(
        node("", "QLinearConv", inputs, q(y)).toBuilder().setName(node.getName()).addAllAttribute(node.getAttributeList()));
  }

  private void product(NodeProto node) {
    String x = node.getInput(0);
    String w = node.getInput(1);
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals("transB") && attribute.getI() != 1) {
        throw new IllegalArgumentException("weights of a Gemm as [outputs, channels] only");
      }
    }
    float[] steps = weights(w);
    biases(node.getInput(2), x, steps);
    List<String> inputs =
        List.of(q(x), scale(x), zero(x), w + ".q", w + ".scale", w + ".zero", node.getInput(2) + ".q");
    AttributeProto transposed =
        AttributeProto.newBuilder().setName("transB").setType(AttributeProto.AttributeType.INT).setI(1).build();
    quantised.addNode(node(CONTRIBUTED, "QGemm", inputs, node.getOutput(0)).toBuilder().addAttribute(transposed));
  }

  /** The weights of each output over its largest one. @return what a weight is counted in, by output */
  private float[] weights(String name) {
    TensorProto tensor = constants.get(name);
    float[] values = floats(tensor);
    int outputs = (int) tensor.getDims(0);
    int each = values.length / outputs;
    float[] steps = new float[outputs];
    byte[] bytes = new byte[values.length];
    for (int output = 0; output < outputs; output++) {
      float largest = 1e-8f;
      for (int i = output * each; i < (output + 1) * each; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      steps[output] = largest / 127;
      for (int i = output * each; i < (output + 1) * each; i++) {
        bytes[i] = (byte) Math.clamp(Math.round(values[i] / steps[output]), -127, 127);
      }
    }
    constant(name + ".q", TensorProto.DataType.INT8, tensor.getDimsList(), bytes);
    ByteBuffer scales = little(outputs);
    for (float step : steps) {
      scales.putFloat(step);
    }
    constant(name + ".scale", TensorProto.DataType.FLOAT, List.of((long) outputs), scales.array());
    constant(name + ".zero", TensorProto.DataType.INT8, List.of((long) outputs), new byte[outputs]);
    return steps;
  }

  private void biases(String name, String input, float[] steps) {
    float[] values = floats(constants.get(name));
    ByteBuffer words = little(values.length);
    for (int i = 0; i < values.length; i++) {
      words.putInt(Math.round(values[i] / (scales.get(input).scale * steps[i])));
    }
    constant(name + ".q", TensorProto.DataType.INT32, List.of((long) values.length), words.array());
  }

  private static ByteBuffer little(int words) {
    return ByteBuffer.allocate(4 * words).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(TensorProto tensor) {
    FloatBuffer values = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] all = new float[values.remaining()];
    values.get(all);
    return all;
  }

  private String scale(String value) {
    String name = value + ".scale";
    if (known.add(name)) {
      byte[] bytes = little(1).putFloat(scales.get(value).scale).array();
      constant(name, TensorProto.DataType.FLOAT, List.of(), bytes);
    }
    return name;
  }

  private String zero(String value) {
    String name = value + ".zero";
    if (known.add(name)) {
      constant(name, TensorProto.DataType.UINT8, List.of(), new byte[] {(byte) scales.get(value).zero});
    }
    return name;
  }

  private static String q(String value) {
    return value + ".q";
  }

  private void constant(String name, TensorProto.DataType type, List<Long> dims, byte[] bytes) {
    quantised.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(dims)
            .setRawData(ByteString.copyFrom(bytes)));
  }

  private void add(String domain, String operator, List<String> inputs, String output) {
    quantised.addNode(node(domain, operator, inputs, output));
  }

  private static NodeProto node(String domain, String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setDomain(domain)
        .setOpType(operator)
        .setName(output)
        .addAllInput(new ArrayList<>(inputs))
        .addOutput(output)
        .build();
  }
}
