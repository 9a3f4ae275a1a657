package dev.lowpass.testsuite.networks;

import java.util.List;

/** SqueezeNet 1.1 (Iandola et al., arXiv:1602.07360) by PyTorch: pools that round up, a convolution as last layer. */
final class SqueezeNet {
  private SqueezeNet() {}

  static Network network() {
    return network(Network.folded("squeezenet1_1", 12, Exporter.PYTORCH), 112, List.of(48, 48, 64), 100);
  }

  /** As deep and on pictures as large as it is used. */
  static Network whole() {
    return network(Network.folded("squeezenet1_1_224", 12, Exporter.PYTORCH), 224, List.of(48, 48, 64, 64), 1000);
  }

  private static Network network(Network network, int size, List<Integer> lastFires, int classes) {
    Feature x = network.input("input", 1, 3, size, size);
    Convolution first = Convolution.of(64, 3).stride(2).padding(Convolution.Padding.NONE);
    x = Activation.RELU.of(network, network.convolution(x, first));
    for (List<Integer> squeezed : List.of(List.of(16, 16), List.of(32, 32), lastFires)) {
      x = network.maxPool(x, Window.of(3, 2, 0).ceiling());
      for (int narrow : squeezed) {
        x = fire(network, x, narrow);
      }
    }
    Feature dropped = network.unary("Dropout", x);
    Feature scores = network.convolution(dropped, Convolution.pointwise(classes));
    Feature pooled = network.globalAverage(Activation.RELU.of(network, scores));
    network.output("output", network.movements().flatten(pooled));
    return network;
  }

  private static Feature fire(Network network, Feature x, int narrow) {
    Feature squeezed = Activation.RELU.of(network, network.convolution(x, Convolution.pointwise(narrow)));
    Feature one = Activation.RELU.of(network, network.convolution(squeezed, Convolution.pointwise(4 * narrow)));
    Feature three = Activation.RELU.of(network, network.convolution(squeezed, Convolution.of(4 * narrow, 3)));
    return network.movements().concat(1, one, three);
  }
}
