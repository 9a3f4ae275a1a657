package dev.lowpass.testsuite.networks;

import java.util.List;

/** Networks of inverted residuals: EfficientNet-B0 and MnasNet, narrower and less deep than they were trained. */
final class InvertedResiduals {
  private final Network network;
  private final Activation activation;

  /** Squeeze and excitation of a quarter of a block's own channels. */
  private final boolean excites;

  private final Convolution.Padding padding;

  private InvertedResiduals(
      Network network, Activation activation, boolean excites, Convolution.Padding padding) {
    this.network = network;
    this.activation = activation;
    this.excites = excites;
    this.padding = padding;
  }

  private record Stage(int widening, int kernel, int stride, int outputs, int repeats) {}

  private static final List<Stage> B0 =
      List.of(
          new Stage(1, 3, 1, 8, 1),
          new Stage(6, 3, 2, 16, 1),
          new Stage(6, 5, 2, 24, 2),
          new Stage(6, 3, 2, 40, 1),
          new Stage(6, 5, 1, 56, 1),
          new Stage(6, 5, 2, 96, 1));

  private static final List<Stage> WHOLE_B0 =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(6, 3, 2, 24, 2),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 2, 80, 3),
          new Stage(6, 5, 1, 112, 3),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));

  private static final List<Stage> WHOLE_MNASNET =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(3, 3, 2, 24, 3),
          new Stage(3, 5, 2, 40, 3),
          new Stage(6, 5, 2, 80, 3),
          new Stage(6, 3, 1, 96, 2),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));

  private static final List<Stage> MNASNET =
      List.of(
          new Stage(1, 3, 1, 8, 1),
          new Stage(3, 3, 2, 12, 2),
          new Stage(3, 5, 2, 20, 1),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 1, 48, 1),
          new Stage(6, 5, 2, 96, 1));

  /** EfficientNet-B0 (Tan and Le, arXiv:1905.11946) by PyTorch. */
  static Network efficientNet() {
    Network network = Network.folded("efficientnet_b0", 13, Exporter.PYTORCH);
    InvertedResiduals layers =
        new InvertedResiduals(network, Activation.SILU, true, Convolution.Padding.SAME);
    Feature map = layers.features(layers.stem(network.input("input", 1, 3, 96, 96)), B0, 320);
    Feature pooled = network.movements().flatten(network.globalAverage(map));
    network.output("output", network.linear(pooled, 100));
    return network;
  }

  /** EfficientNet-B0 as wide and as deep, and on pictures as large as it is used. */
  static Network wholeEfficientNet() {
    return whole(Network.folded("efficientnet_b0_224", 13, Exporter.PYTORCH), Activation.SILU, true, WHOLE_B0);
  }

  /** MnasNet 1.0, likewise. */
  static Network wholeMnasNet() {
    return whole(Network.folded("mnasnet_224", 12, Exporter.PYTORCH), Activation.RELU, false, WHOLE_MNASNET);
  }

  private static Network whole(Network network, Activation activation, boolean excites, List<Stage> stages) {
    InvertedResiduals layers = new InvertedResiduals(network, activation, excites, Convolution.Padding.SAME);
    Feature picture = network.input("input", 1, 3, 224, 224);
    Feature x = network.normalized(picture, Convolution.of(32, 3).stride(2), activation);
    Feature map = layers.features(x, stages, 1280);
    network.output("output", network.linear(network.movements().flatten(network.globalAverage(map)), 1000));
    return network;
  }

  /** EfficientNet-Lite0 by Keras and tf2onnx: no excitation, ReLU6, padding left to the reader, channels last. */
  static Network efficientNetLite() {
    Network network = Network.folded("efficientnet_lite0", 11, Exporter.TF2ONNX);
    InvertedResiduals layers =
        new InvertedResiduals(network, Activation.RELU6, false, Convolution.Padding.SAME_UPPER);
    Feature picture = network.movements().transpose(network.input("images:0", 1, 96, 96, 3), 0, 3, 1, 2);
    Feature map = layers.features(layers.stem(picture), B0, 320);
    Feature pooled = network.reduce("ReduceMean", 18, map, false, 2, 3);
    network.output("Softmax:0", network.softmax(network.dense(pooled, 100, 2), 1));
    return network;
  }

  /** MnasNet (Tan et al., arXiv:1807.11626) by PyTorch, with its batch norms. */
  static Network mnasNet() {
    Network network = Network.trained("mnasnet", 12, Exporter.PYTORCH);
    InvertedResiduals layers =
        new InvertedResiduals(network, Activation.RELU, false, Convolution.Padding.SAME);
    Feature map = layers.features(layers.stem(network.input("input", 1, 3, 96, 96)), MNASNET, 320);
    Feature pooled = network.reduce("ReduceMean", 18, map, false, 2, 3);
    network.output("output", network.linear(pooled, 100));
    return network;
  }

  private Feature stem(Feature picture) {
    return network.normalized(picture, Convolution.of(16, 3).stride(2).padding(padding), activation);
  }

  private Feature features(Feature stem, List<Stage> stages, int last) {
    Feature x = stem;
    for (Stage stage : stages) {
      for (int i = 0; i < stage.repeats; i++) {
        x = block(x, stage, i == 0 ? stage.stride : 1);
      }
    }
    return network.normalized(x, Convolution.pointwise(last).padding(padding).gain(1.5), activation);
  }

  private Feature block(Feature x, Stage stage, int stride) {
    int wide = stage.widening * x.channels();
    Feature inside = x;
    if (stage.widening > 1) {
      inside = network.normalized(x, Convolution.pointwise(wide).padding(padding).gain(1.5), activation);
    }
    Convolution depthwise = Convolution.depthwise(wide, stage.kernel, stride).padding(padding);
    inside = network.normalized(inside, depthwise, activation);
    if (excites) {
      int squeezed = Math.max(4, x.channels() / 4);
      inside = new SqueezeExcitation(squeezed, Activation.SILU, Activation.SIGMOID, true).of(network, inside);
    }
    Convolution projection = Convolution.pointwise(stage.outputs).padding(padding).gain(excites ? 5 : 2);
    Feature projected = network.normalized(inside, projection);
    return stride == 1 && stage.outputs == x.channels() ? network.add(projected, x) : projected;
  }
}
