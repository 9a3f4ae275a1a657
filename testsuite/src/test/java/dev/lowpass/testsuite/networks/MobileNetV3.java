package dev.lowpass.testsuite.networks;

import java.util.List;

/** MobileNetV3 (Howard et al., arXiv:1905.02244) at half of its width and less deep, as three exporters write it. */
final class MobileNetV3 {
  private static final List<Row> LARGE =
      List.of(
          new Row(3, 8, 8, false, false, 1),
          new Row(3, 32, 16, false, false, 2),
          new Row(3, 36, 16, false, false, 1),
          new Row(5, 36, 24, true, false, 2),
          new Row(3, 120, 40, false, true, 2),
          new Row(3, 100, 40, false, true, 1),
          new Row(5, 240, 80, true, true, 2));

  private static final List<Row> WHOLE_LARGE =
      List.of(
          new Row(3, 16, 16, false, false, 1),
          new Row(3, 64, 24, false, false, 2),
          new Row(3, 72, 24, false, false, 1),
          new Row(5, 72, 40, true, false, 2),
          new Row(5, 120, 40, true, false, 1),
          new Row(5, 120, 40, true, false, 1),
          new Row(3, 240, 80, false, true, 2),
          new Row(3, 200, 80, false, true, 1),
          new Row(3, 184, 80, false, true, 1),
          new Row(3, 184, 80, false, true, 1),
          new Row(3, 480, 112, true, true, 1),
          new Row(3, 672, 112, true, true, 1),
          new Row(5, 672, 160, true, true, 2),
          new Row(5, 960, 160, true, true, 1),
          new Row(5, 960, 160, true, true, 1));

  private static final List<Row> SMALL =
      List.of(
          new Row(3, 8, 8, true, false, 2),
          new Row(3, 36, 16, false, false, 2),
          new Row(3, 44, 16, false, false, 1),
          new Row(5, 48, 24, true, true, 2),
          new Row(5, 120, 24, true, true, 1),
          new Row(5, 144, 48, true, true, 2));

  private final Network network;
  private final Activation hardSwish;
  private final Activation hardSigmoid;
  private final Convolution.Padding padding;

  private MobileNetV3(
      Network network, Activation hardSwish, Activation hardSigmoid, Convolution.Padding padding) {
    this.network = network;
    this.hardSwish = hardSwish;
    this.hardSigmoid = hardSigmoid;
    this.padding = padding;
  }

  /** @param hardSwish otherwise a ReLU */
  private record Row(int kernel, int expanded, int outputs, boolean excites, boolean hardSwish, int stride) {}

  /** The large one by PyTorch: batch norms folded, activations as nodes of their own. */
  static Network large() {
    return large(Network.folded("mobilenet_v3_large", 17, Exporter.PYTORCH), 96, LARGE, 1);
  }

  /** The large one as wide and as deep, and on pictures as large as it is used. */
  static Network wholeLarge() {
    return large(Network.folded("mobilenet_v3_large_224", 17, Exporter.PYTORCH), 224, WHOLE_LARGE, 2);
  }

  private static Network large(Network network, int size, List<Row> rows, int width) {
    MobileNetV3 layers =
        new MobileNetV3(network, Activation.HARD_SWISH, Activation.HARD_SIGMOID, Convolution.Padding.SAME);
    Feature map = layers.features(network.input("input", 1, 3, size, size), rows, 480 * width);
    Feature pooled = network.movements().flatten(network.globalAverage(map));
    Feature hidden = Activation.HARD_SWISH.of(network, network.linear(pooled, 640 * width));
    network.output("logits", network.linear(hidden, 100));
    return network;
  }

  /** The small one by Keras and tf2onnx: pictures have channels last, and convolutions leave padding to the reader. */
  static Network smallOfKeras() {
    Network network = Network.trained("mobilenet_v3_small_keras", 13, Exporter.TF2ONNX);
    MobileNetV3 layers =
        new MobileNetV3(
            network,
            Activation.HARD_SWISH_OF_KERAS,
            Activation.HARD_SIGMOID_OF_KERAS,
            Convolution.Padding.SAME_UPPER);
    Feature picture = network.movements().transpose(network.input("input_1:0", 1, 96, 96, 3), 0, 3, 1, 2);
    Feature scaled = network.with("Add", network.with("Mul", picture, 0.8), -0.1);
    Feature map = layers.features(scaled, SMALL, 288);
    Feature pooled = network.movements().squeeze(network.globalAverage(map), 2, 3);
    network.output("predictions", network.softmax(network.dense(pooled, 100, 2), -1));
    return network;
  }

  /** The small one by PaddlePaddle: batch norms, the pooled map's shape asked for, a slope of 0.2. */
  static Network smallOfPaddle() {
    Network network = Network.trained("mobilenet_v3_small_paddle", 11, Exporter.PADDLE);
    MobileNetV3 layers =
        new MobileNetV3(
            network,
            Activation.HARD_SWISH_IN_STEPS,
            Activation.HARD_SIGMOID_OF_PADDLE,
            Convolution.Padding.SAME);
    Feature map = layers.features(network.openInput("x", 2, 3, 96, 96), SMALL, 288);
    Feature pooled = network.movements().reshapeKeepingBatch(network.globalAverage(map), map.channels());
    network.output("softmax_0.tmp_0", network.softmax(network.dense(pooled, 100, 2), 1));
    return network;
  }

  private Feature features(Feature picture, List<Row> rows, int last) {
    Feature x = network.normalized(picture, padded(Convolution.of(8, 3).stride(2)), hardSwish);
    for (Row row : rows) {
      x = block(x, row);
    }
    return network.normalized(x, padded(Convolution.pointwise(last)), hardSwish);
  }

  private Feature block(Feature x, Row row) {
    Activation activation = row.hardSwish ? hardSwish : Activation.RELU;
    Feature inside = x;
    if (row.expanded != x.channels()) {
      inside = network.normalized(x, padded(Convolution.pointwise(row.expanded)).gain(1.5), activation);
    }
    Convolution depthwise = Convolution.depthwise(row.expanded, row.kernel, row.stride);
    inside = network.normalized(inside, padded(depthwise), activation);
    if (row.excites) {
      int squeezed = Math.max(8, row.expanded / 4 / 8 * 8);
      inside = new SqueezeExcitation(squeezed, Activation.RELU, hardSigmoid, false).of(network, inside);
    }
    Feature projected = network.normalized(inside, padded(Convolution.pointwise(row.outputs)));
    return row.stride == 1 && row.outputs == x.channels() ? network.add(projected, x) : projected;
  }

  private Convolution padded(Convolution convolution) {
    return convolution.padding(padding);
  }
}
