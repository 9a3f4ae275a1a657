package dev.lowpass.testsuite.networks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.lowpass.ir.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A network that is being written down layer by layer, as an exporter would write it: every method adds the nodes of a
 * layer behind {@code x}, with weights of its own, and answers with what the layer computes.
 */
final class Network {
  private final String name;
  private final OnnxGraph graph;
  private final Movements movements;
  private final Normalizations normalizations;
  private final SeededWeights weights;
  private final boolean foldsBatchNorms;
  private final SequencedMap<String, Shape> inputs = new LinkedHashMap<>();

  private Network(String name, int opset, Exporter exporter, boolean foldsBatchNorms) {
    this.name = name;
    this.graph = new OnnxGraph(name, opset, exporter);
    this.weights = new SeededWeights(name.hashCode());
    this.movements = new Movements(graph);
    this.normalizations = new Normalizations(graph, weights);
    this.foldsBatchNorms = foldsBatchNorms;
  }

  /** A network for inference, in which each batch normalisation has become part of the convolution before it. */
  static Network folded(String name, int opset, Exporter exporter) {
    return new Network(name, opset, exporter, true);
  }

  /** A network as it was trained, with nodes for batch normalisation. */
  static Network trained(String name, int opset, Exporter exporter) {
    return new Network(name, opset, exporter, false);
  }

  String name() {
    return name;
  }

  /** The shapes of its inputs, by name. */
  SequencedMap<String, Shape> inputs() {
    return Collections.unmodifiableSequencedMap(inputs);
  }

  byte[] bytes() {
    return graph.bytes();
  }

  OnnxGraph graph() {
    return graph;
  }

  Movements movements() {
    return movements;
  }

  Normalizations normalizations() {
    return normalizations;
  }

  SeededWeights weights() {
    return weights;
  }

  Feature input(String input, int... shape) {
    inputs.put(input, Shape.of(shape));
    return graph.input(input, shape);
  }

  /** An input whose batch the file leaves open. */
  Feature openInput(String input, int... shape) {
    inputs.put(input, Shape.of(shape));
    return graph.openInput(input, "batch", shape);
  }

  void output(String output, Feature value) {
    graph.output(output, value);
  }

  /** A convolution with a bias. */
  Feature convolution(Feature x, Convolution layer) {
    Feature bias = graph.stored("bias", weights.around(Feature.shape(layer.outputs()), 0, 0.1));
    return convolution(x, layer, List.of(x, kernel(x, layer), bias));
  }

  Feature convolutionWithoutBias(Feature x, Convolution layer) {
    return convolution(x, layer, List.of(x, kernel(x, layer)));
  }

  private Feature kernel(Feature x, Convolution layer) {
    int read = x.channels() / groups(x, layer);
    List<Integer> shape = new ArrayList<>(List.of(layer.outputs(), read));
    shape.addAll(layer.kernel(x.rank() - 2));
    double fanIn = shape.stream().skip(1).mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    return graph.stored("weight", weights.normal(shape, fanIn, layer.gain()));
  }

  private static int groups(Feature x, Convolution layer) {
    return layer.groups() < 0 ? x.channels() : layer.groups();
  }

  private Feature convolution(Feature x, Convolution layer, List<Feature> operands) {
    int axes = x.rank() - 2;
    List<Integer> shape = new ArrayList<>(List.of(x.extent(0), layer.outputs()));
    List<Integer> pads = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      shape.add(layer.extent(axis, x.extent(axis + 2)));
      pads.add(layer.padding(axis));
    }
    pads.addAll(List.copyOf(pads));
    AttributeProto padding =
        layer.padding() == Convolution.Padding.SAME_UPPER
            ? Attributes.text("auto_pad", "SAME_UPPER")
            : Attributes.integers("pads", pads);
    return graph.node(
        "Conv",
        operands,
        shape,
        Attributes.integers("dilations", Collections.nCopies(axes, layer.dilation())),
        Attributes.integer("group", groups(x, layer)),
        Attributes.integers("kernel_shape", layer.kernel(axes)),
        padding,
        Attributes.integers("strides", Collections.nCopies(axes, layer.stride())));
  }

  /** A convolution and a batch normalisation. */
  Feature normalized(Feature x, Convolution layer) {
    return foldsBatchNorms ? convolution(x, layer) : normalizations.batch(convolutionWithoutBias(x, layer));
  }

  /** A convolution, a batch normalisation, and an activation. */
  Feature normalized(Feature x, Convolution layer, Activation activation) {
    return activation.of(this, normalized(x, layer));
  }

  /**
   * A transposed convolution with a bias: maps become {@code stride} times as large where {@code kernel - stride =
   * 2 padding - outputPadding}.
   */
  Feature transposedConvolution(Feature x, int outputs, int kernel, int stride, int padding, int outputPadding) {
    int axes = x.rank() - 2;
    List<Integer> shape = new ArrayList<>(List.of(x.channels(), outputs));
    List<Integer> result = new ArrayList<>(List.of(x.extent(0), outputs));
    for (int axis = 0; axis < axes; axis++) {
      shape.add(kernel);
      result.add((x.extent(axis + 2) - 1) * stride - 2 * padding + kernel + outputPadding);
    }
    double fanIn = x.channels() * Math.pow((double) kernel / stride, axes);
    Feature weight = graph.stored("weight", weights.normal(shape, fanIn, 2));
    Feature bias = graph.stored("bias", weights.around(Feature.shape(outputs), 0, 0.1));
    return graph.node(
        "ConvTranspose",
        List.of(x, weight, bias),
        result,
        Attributes.integers("kernel_shape", Collections.nCopies(axes, kernel)),
        Attributes.integers("output_padding", Collections.nCopies(axes, outputPadding)),
        Attributes.integers("pads", Collections.nCopies(2 * axes, padding)),
        Attributes.integers("strides", Collections.nCopies(axes, stride)));
  }

  /** A fully connected layer behind a flattened map, as Gemm. */
  Feature linear(Feature x, int outputs) {
    Feature weight = graph.stored("weight", weights.normal(List.of(outputs, x.extent(1)), x.extent(1), 2));
    Feature bias = graph.stored("bias", weights.around(Feature.shape(outputs), 0, 0.1));
    return graph.node(
        "Gemm",
        List.of(x, weight, bias),
        List.of(x.extent(0), outputs),
        Attributes.real("alpha", 1),
        Attributes.real("beta", 1),
        Attributes.integer("transB", 1));
  }

  /** A fully connected layer on the last axis, as MatMul and Add. */
  Feature dense(Feature x, int outputs, double gain) {
    Feature weight = graph.stored("MatMul", weights.normal(List.of(x.extent(-1), outputs), x.extent(-1), gain));
    Feature bias = graph.stored("bias", weights.around(Feature.shape(outputs), 0, 0.1));
    Feature product = matMul(x, weight);
    return graph.node("Add", List.of(bias, product), product.shape());
  }

  Feature matMul(Feature a, Feature b) {
    List<Integer> shape = new ArrayList<>(a.shape().subList(0, a.rank() - 1));
    shape.add(b.extent(-1));
    return graph.node("MatMul", List.of(a, b), shape);
  }

  /** A function of each element. */
  Feature unary(String type, Feature x, AttributeProto... attributes) {
    return graph.node(type, List.of(x), x.shape(), attributes);
  }

  /** A function of two elements; shapes are broadcast. */
  Feature binary(String type, Feature a, Feature b) {
    return graph.node(type, List.of(a, b), Movements.broadcast(a.shape(), b.shape()));
  }

  Feature add(Feature a, Feature b) {
    return binary("Add", a, b);
  }

  Feature multiply(Feature a, Feature b) {
    return binary("Mul", a, b);
  }

  /** A function of each element and a number. */
  Feature with(String type, Feature x, double number) {
    return binary(type, x, graph.scalar(number));
  }

  /** PRelu with a slope for each channel. */
  Feature parametricRelu(Feature x) {
    List<Integer> shape = new ArrayList<>(Collections.nCopies(x.rank() - 1, 1));
    shape.set(0, x.channels());
    return graph.node("PRelu", List.of(x, graph.stored("slope", weights.uniform(shape, -0.1, 0.4))), x.shape());
  }

  Feature clip(Feature x, double least, double most) {
    if (graph.opset() < 11) {
      return unary("Clip", x, Attributes.real("max", most), Attributes.real("min", least));
    }
    return graph.node("Clip", List.of(x, graph.scalar(least), graph.scalar(most)), x.shape());
  }

  Feature maxPool(Feature x, Window window) {
    return graph.node("MaxPool", List.of(x), window.result(x), window.attributes(x));
  }

  /** The mean of each window; what was added around the map counts as zeros. */
  Feature averagePool(Feature x, Window window) {
    List<AttributeProto> attributes = new ArrayList<>(List.of(window.attributes(x)));
    attributes.add(Attributes.integer("count_include_pad", 1));
    return graph.node("AveragePool", List.of(x), window.result(x), attributes.toArray(AttributeProto[]::new));
  }

  Feature globalAverage(Feature x) {
    List<Integer> shape = new ArrayList<>(Collections.nCopies(x.rank(), 1));
    shape.set(0, x.extent(0));
    shape.set(1, x.channels());
    return graph.node("GlobalAveragePool", List.of(x), shape);
  }

  /** A reduction, for example ReduceMean; its axes are an operand from opset {@code since} on. */
  Feature reduce(String type, int since, Feature x, boolean keepsAxes, int... axes) {
    return movements.reduce(type, since, x, keepsAxes, axes);
  }

  Feature softmax(Feature x, int axis) {
    return unary("Softmax", x, Attributes.integer("axis", axis));
  }
}
