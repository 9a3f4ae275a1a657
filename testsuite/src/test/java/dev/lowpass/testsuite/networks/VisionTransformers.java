package dev.lowpass.testsuite.networks;

/** Convolutions and attention: MobileViT (Mehta and Rastegari, arXiv:2110.02178), and a ViT on a stem of its own. */
final class VisionTransformers {
  private final Network network;

  private VisionTransformers(Network network) {
    this.network = network;
  }

  /** MobileViT by PyTorch: inverted residuals, and attention among the pixels in the same place of 2x2 patches. */
  static Network mobileViT() {
    Network network = Network.folded("mobilevit", 13, Exporter.PYTORCH);
    VisionTransformers layers = new VisionTransformers(network);
    Feature x = network.input("input", 1, 3, 128, 128);
    x = network.normalized(x, Convolution.of(16, 3).stride(2), Activation.SILU);
    x = layers.inverted(x, 24, 2);
    x = layers.patched(layers.inverted(x, 32, 2), 48);
    x = layers.patched(layers.inverted(x, 48, 2), 64);
    x = network.normalized(x, Convolution.pointwise(128), Activation.SILU);
    network.output("output", network.linear(network.movements().flatten(network.globalAverage(x)), 100));
    return network;
  }

  private Feature inverted(Feature x, int outputs, int stride) {
    int wide = 4 * x.channels();
    Feature inside = network.normalized(x, Convolution.pointwise(wide), Activation.SILU);
    inside = network.normalized(inside, Convolution.depthwise(wide, 3, stride), Activation.SILU);
    Feature projected = network.normalized(inside, Convolution.pointwise(outputs));
    return stride == 1 && outputs == x.channels() ? network.add(projected, x) : projected;
  }

  private Feature patched(Feature x, int width) {
    int channels = x.channels();
    Feature local = network.normalized(x, Convolution.of(channels, 3), Activation.SILU);
    Feature wide = network.convolutionWithoutBias(local, Convolution.pointwise(width));
    Attention attention = new Attention(network, 4, true, Activation.SILU);
    Feature tokens = attention.normalized(attention.block(unfolded(wide)));
    Feature seen = network.normalized(folded(tokens, wide), Convolution.pointwise(channels), Activation.SILU);
    return network.normalized(network.movements().concat(1, x, seen), Convolution.of(channels, 3), Activation.SILU);
  }

  /** [1, width, height, width] to [4, patches, width]. */
  private Feature unfolded(Feature map) {
    Movements movements = network.movements();
    int rows = map.extent(2) / 2;
    int columns = map.extent(3) / 2;
    Feature apart = movements.reshape(map, map.channels() * rows, 2, columns, 2);
    Feature turned = movements.transpose(apart, 0, 2, 1, 3);
    Feature patches = movements.reshape(turned, 1, map.channels(), rows * columns, 4);
    return movements.reshape(movements.transpose(patches, 0, 3, 2, 1), 4, rows * columns, -1);
  }

  private Feature folded(Feature tokens, Feature map) {
    Movements movements = network.movements();
    int rows = map.extent(2) / 2;
    int columns = map.extent(3) / 2;
    Feature patches = movements.reshape(tokens, 1, 4, rows * columns, -1);
    Feature turned = movements.reshape(movements.transpose(patches, 0, 3, 2, 1), map.channels() * rows, columns, 2, 2);
    return movements.reshape(movements.transpose(turned, 0, 2, 1, 3), 1, map.channels(), 2 * rows, 2 * columns);
  }

  /** A stem of convolutions, tokens of its map with one for the class, and two blocks of attention. */
  static Network hybrid() {
    Network network = Network.folded("vit_hybrid", 17, Exporter.PYTORCH);
    Feature x = network.input("input", 2, 3, 96, 96);
    for (int outputs : new int[] {16, 32, 64}) {
      x = network.normalized(x, Convolution.of(outputs, 3).stride(2), Activation.RELU);
    }
    x = network.convolution(x, Convolution.of(96, 2).stride(2).padding(Convolution.Padding.NONE).gain(1));
    Attention attention = new Attention(network, 3, false, Activation.GELU_OF_ERF);
    Feature tokens = attention.withClassToken(attention.tokens(x));
    tokens = attention.normalized(attention.block(attention.block(tokens)));
    network.output("output", network.linear(network.movements().gather(tokens, 1, 0), 100));
    return network;
  }
}
