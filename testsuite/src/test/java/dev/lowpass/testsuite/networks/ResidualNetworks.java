package dev.lowpass.testsuite.networks;

import java.util.List;

/**
 * ResNet (He et al., arXiv:1512.03385), ResNeXt (Xie et al., arXiv:1611.05431) and RegNet (Radosavovic et al.,
 * arXiv:2003.13678): bottlenecks with a sum around them, narrower and less deep.
 */
final class ResidualNetworks {
  private final Network network;

  /** Channels of a group in the 3x3 convolutions; 0: there are no groups. */
  private final int groupWidth;

  private final boolean excites;

  private ResidualNetworks(Network network, int groupWidth, boolean excites) {
    this.network = network;
    this.groupWidth = groupWidth;
    this.excites = excites;
  }

  /** Two 3x3 convolutions a block, batch norms folded. */
  static Network resNet18() {
    return resNet18(Network.folded("resnet18", 11, Exporter.PYTORCH), 96, 32, 100);
  }

  /** As wide and on pictures as large as it is used. */
  static Network wholeResNet18() {
    return resNet18(Network.folded("resnet18_224", 11, Exporter.PYTORCH), 224, 64, 1000);
  }

  private static Network resNet18(Network network, int size, int width, int classes) {
    ResidualNetworks layers = new ResidualNetworks(network, 0, false);
    Feature x = layers.stem(network.input("input", 1, 3, size, size), width);
    for (int widening : List.of(1, 2, 4, 8)) {
      x = layers.basic(x, width * widening, widening == 1 ? 1 : 2);
      x = layers.basic(x, width * widening, 1);
    }
    return layers.classified(x, classes);
  }

  /** Bottlenecks with a stride in the 3x3 convolution and in the pointwise shortcut, with batch norms. */
  static Network resNet50() {
    Network network = Network.trained("resnet50", 12, Exporter.PYTORCH);
    ResidualNetworks layers = new ResidualNetworks(network, 0, false);
    Feature x = layers.stem(network.input("input", 1, 3, 96, 96), 32);
    for (int outputs : List.of(128, 256, 512)) {
      x = layers.bottleneck(x, outputs / 4, outputs, outputs == 128 ? 1 : 2);
      x = layers.bottleneck(x, outputs / 4, outputs, 1);
    }
    return layers.classified(x, 100);
  }

  /** As wide and as deep, and on pictures as large as it is used; batch norms folded. */
  static Network wholeResNet50() {
    Network network = Network.folded("resnet50_224", 12, Exporter.PYTORCH);
    ResidualNetworks layers = new ResidualNetworks(network, 0, false);
    Feature x = layers.stem(network.input("input", 1, 3, 224, 224), 64);
    List<Integer> repeats = List.of(3, 4, 6, 3);
    for (int stage = 0; stage < repeats.size(); stage++) {
      int outputs = 256 << stage;
      for (int i = 0; i < repeats.get(stage); i++) {
        x = layers.bottleneck(x, outputs / 4, outputs, stage > 0 && i == 0 ? 2 : 1);
      }
    }
    return layers.classified(x, 1000);
  }

  static Network resNeXt50() {
    Network network = Network.folded("resnext50", 17, Exporter.PYTORCH);
    ResidualNetworks layers = new ResidualNetworks(network, 4, false);
    Feature x = layers.stem(network.input("input", 1, 3, 96, 96), 32);
    for (int outputs : List.of(64, 128, 256)) {
      x = layers.bottleneck(x, outputs / 2, outputs, outputs == 64 ? 1 : 2);
      x = layers.bottleneck(x, outputs / 2, outputs, 1);
    }
    return layers.classified(x, 100);
  }

  /** @param excites RegNetY, otherwise RegNetX */
  static Network regNet(boolean excites) {
    Network network =
        excites
            ? Network.folded("regnet_y", 17, Exporter.PYTORCH)
            : Network.trained("regnet_x", 12, Exporter.PYTORCH);
    ResidualNetworks layers = new ResidualNetworks(network, 8, excites);
    Feature x = network.input("input", 1, 3, 96, 96);
    x = network.normalized(x, Convolution.of(32, 3).stride(2), Activation.RELU);
    for (int outputs : List.of(24, 56, 152)) {
      x = layers.bottleneck(x, outputs, outputs, 2);
      x = layers.bottleneck(x, outputs, outputs, 1);
    }
    return layers.classified(x, 100);
  }

  private Feature stem(Feature picture, int width) {
    Feature x = network.normalized(picture, Convolution.of(width, 7).stride(2), Activation.RELU);
    return network.maxPool(x, Window.of(3, 2, 1));
  }

  private Network classified(Feature x, int classes) {
    network.output("output", network.linear(network.movements().flatten(network.globalAverage(x)), classes));
    return network;
  }

  private Feature basic(Feature x, int outputs, int stride) {
    Feature inside = network.normalized(x, Convolution.of(outputs, 3).stride(stride), Activation.RELU);
    inside = network.normalized(inside, Convolution.of(outputs, 3).gain(1));
    return joined(inside, x, stride);
  }

  private Feature bottleneck(Feature x, int inner, int outputs, int stride) {
    Feature inside = network.normalized(x, Convolution.pointwise(inner), Activation.RELU);
    int groups = groupWidth == 0 ? 1 : inner / groupWidth;
    inside = network.normalized(inside, Convolution.of(inner, 3).stride(stride).groups(groups), Activation.RELU);
    if (excites) {
      inside = new SqueezeExcitation(x.channels() / 4, Activation.RELU, Activation.SIGMOID, false).of(network, inside);
    }
    return joined(network.normalized(inside, Convolution.pointwise(outputs).gain(excites ? 4 : 1)), x, stride);
  }

  private Feature joined(Feature inside, Feature x, int stride) {
    Feature shortcut = x;
    if (stride > 1 || x.channels() != inside.channels()) {
      shortcut = network.normalized(x, Convolution.pointwise(inside.channels()).stride(stride).gain(1));
    }
    return Activation.RELU.of(network, network.add(inside, shortcut));
  }
}
