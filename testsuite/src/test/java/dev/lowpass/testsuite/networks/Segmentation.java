package dev.lowpass.testsuite.networks;

import java.util.ArrayList;
import java.util.List;

/** Heads that give every pixel a class: DeepLab v3 (Chen et al., arXiv:1706.05587) and LR-ASPP (arXiv:1905.02244). */
final class Segmentation {
  private static final int CLASSES = 6;

  private final Network network;

  private Segmentation(Network network) {
    this.network = network;
  }

  /** DeepLab v3 on a ResNet whose last stages are dilated; sizes are asked for. */
  static Network deepLab() {
    Network network = Network.folded("deeplabv3_resnet", 12, Exporter.PYTORCH);
    Segmentation layers = new Segmentation(network);
    Feature picture = network.input("input", 1, 3, 97, 113);
    Feature x = network.normalized(picture, Convolution.of(16, 7).stride(2), Activation.RELU);
    x = network.maxPool(x, Window.of(3, 2, 1));
    x = layers.residual(x, 32, 1, 1);
    x = layers.residual(x, 64, 2, 1);
    x = layers.residual(x, 128, 1, 2);
    x = layers.residual(x, 192, 1, 4);
    x = layers.pyramid(x, List.of(3, 6, 9));
    x = network.normalized(x, Convolution.of(48, 3), Activation.RELU);
    x = network.convolution(x, Convolution.pointwise(CLASSES).gain(1));
    network.output("out", Resizing.BILINEAR.like(network, x, picture));
    return network;
  }

  private Feature residual(Feature x, int outputs, int stride, int dilation) {
    Feature inside = network.normalized(x, Convolution.pointwise(outputs / 4), Activation.RELU);
    Convolution middle = Convolution.of(outputs / 4, 3).stride(stride).dilation(dilation);
    inside = network.normalized(inside, middle, Activation.RELU);
    inside = network.normalized(inside, Convolution.pointwise(outputs).gain(1));
    Feature shortcut = network.normalized(x, Convolution.pointwise(outputs).stride(stride).gain(1));
    return Activation.RELU.of(network, network.add(inside, shortcut));
  }

  /** What is seen at several distances, and the mean of the whole map. */
  private Feature pyramid(Feature x, List<Integer> dilations) {
    List<Feature> parts = new ArrayList<>();
    parts.add(network.normalized(x, Convolution.pointwise(48), Activation.RELU));
    for (int dilation : dilations) {
      parts.add(network.normalized(x, Convolution.of(48, 3).dilation(dilation), Activation.RELU));
    }
    Feature mean = network.normalized(network.globalAverage(x), Convolution.pointwise(48), Activation.RELU);
    parts.add(Resizing.BILINEAR.like(network, mean, x));
    return network.normalized(network.movements().concat(1, parts), Convolution.pointwise(48), Activation.RELU);
  }

  /** LR-ASPP on layers of MobileNetV3: a gate from the mean, and two classifiers at two sizes. */
  static Network lrAspp() {
    Network network = Network.folded("lraspp_mobilenet_v3", 17, Exporter.PYTORCH);
    Segmentation layers = new Segmentation(network);
    Feature picture = network.input("input", 1, 3, 96, 128);
    Feature x = network.normalized(picture, Convolution.of(16, 3).stride(2), Activation.HARD_SWISH);
    x = layers.inverted(x, 64, 24, 2, 1);
    Feature low = layers.inverted(x, 72, 40, 2, 1);
    Feature high = layers.inverted(layers.inverted(low, 120, 80, 2, 1), 200, 80, 1, 2);
    high = network.normalized(high, Convolution.pointwise(160), Activation.HARD_SWISH);
    Feature seen = network.normalized(high, Convolution.pointwise(64), Activation.RELU);
    Feature gate = network.convolutionWithoutBias(network.globalAverage(high), Convolution.pointwise(64));
    Feature gated = network.multiply(seen, Activation.SIGMOID.of(network, gate));
    Feature larger = Resizing.BILINEAR.like(network, gated, low);
    Feature scores =
        network.add(
            network.convolution(low, Convolution.pointwise(CLASSES).gain(1)),
            network.convolution(larger, Convolution.pointwise(CLASSES)));
    network.output("out", Resizing.BILINEAR.like(network, scores, picture));
    return network;
  }

  private Feature inverted(Feature x, int wide, int outputs, int stride, int dilation) {
    Feature inside = network.normalized(x, Convolution.pointwise(wide), Activation.HARD_SWISH);
    Convolution depthwise = Convolution.depthwise(wide, 5, stride).dilation(dilation);
    inside = network.normalized(inside, depthwise, Activation.HARD_SWISH);
    Feature projected = network.normalized(inside, Convolution.pointwise(outputs));
    return stride == 1 && outputs == x.channels() ? network.add(projected, x) : projected;
  }
}
