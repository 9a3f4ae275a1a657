package dev.lowpass.testsuite.networks;

import java.util.List;

/** DenseNet (Huang et al., arXiv:1608.06993): batch norms and ReLUs before convolutions, on maps that only grow. */
final class DenseNet {
  private static final int GROWTH = 16;

  private DenseNet() {}

  static Network network() {
    Network network = Network.trained("densenet121", 9, Exporter.PYTORCH);
    Feature x = network.input("input", 1, 3, 96, 96);
    x = network.normalized(x, Convolution.of(32, 7).stride(2), Activation.RELU);
    x = network.maxPool(x, Window.of(3, 2, 1));
    for (int layers : List.of(3, 4, 3)) {
      for (int i = 0; i < layers; i++) {
        x = network.movements().concat(1, x, grown(network, x));
      }
      if (x.extent(2) > 6) {
        x = network.convolutionWithoutBias(activated(network, x), Convolution.pointwise(x.channels() / 2));
        x = network.averagePool(x, Window.of(2, 2, 0));
      }
    }
    Feature pooled = network.movements().flatten(network.globalAverage(activated(network, x)));
    network.output("output", network.linear(pooled, 100));
    return network;
  }

  private static Feature grown(Network network, Feature x) {
    Feature wide = network.convolutionWithoutBias(activated(network, x), Convolution.pointwise(4 * GROWTH));
    return network.convolutionWithoutBias(activated(network, wide), Convolution.of(GROWTH, 3));
  }

  private static Feature activated(Network network, Feature x) {
    return Activation.RELU.of(network, network.normalizations().batch(x));
  }
}
