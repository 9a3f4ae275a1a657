package dev.lowpass.testsuite.networks;

import java.util.ArrayList;
import java.util.List;

/** U-Net (Ronneberger et al., arXiv:1505.04597): maps made smaller, then larger beside those of the way down. */
final class UNet {
  private final Network network;
  private final Widening widening;
  private final boolean ofInstances;

  /** How a map becomes twice as large. */
  private enum Widening {
    TRANSPOSED,
    ALIGNED,
    NEAREST
  }

  private UNet(Network network, Widening widening, boolean ofInstances) {
    this.network = network;
    this.widening = widening;
    this.ofInstances = ofInstances;
  }

  /** With transposed convolutions and batch norms. */
  static Network ofTransposedConvolutions() {
    Network network = Network.trained("unet_transposed", 11, Exporter.PYTORCH);
    return new UNet(network, Widening.TRANSPOSED, false).build(network.input("input", 1, 3, 64, 80));
  }

  /** With bilinear maps between aligned corners, padded where a map of odd extent was halved. */
  static Network ofResizedMaps() {
    Network network = Network.folded("unet_bilinear", 13, Exporter.PYTORCH);
    return new UNet(network, Widening.ALIGNED, false).build(network.input("input", 1, 3, 52, 62));
  }

  /** By Keras: repeated pixels. */
  static Network ofRepeatedPixels() {
    Network network = Network.folded("unet_nearest", 11, Exporter.TF2ONNX);
    return new UNet(network, Widening.NEAREST, false).build(network.input("input_1:0", 2, 3, 48, 64));
  }

  /** As nnU-Net segments volumes (Isensee et al., arXiv:1809.10486): three axes, instance norms, LeakyReLU. */
  static Network ofVolumes() {
    Network network = Network.trained("unet_volumes", 12, Exporter.PYTORCH);
    return new UNet(network, Widening.TRANSPOSED, true).build(network.input("input", 1, 1, 16, 24, 32));
  }

  private Network build(Feature picture) {
    List<Feature> levels = new ArrayList<>();
    Feature x = twice(picture, 12);
    for (int outputs : List.of(24, 48)) {
      levels.add(x);
      x = twice(network.maxPool(x, Window.of(2, 2, 0)), outputs);
    }
    for (Feature level : levels.reversed()) {
      x = twice(network.movements().concat(1, level, widened(x, level)), level.channels());
    }
    network.output("output", network.convolution(x, Convolution.pointwise(5).gain(1)));
    return network;
  }

  private Feature twice(Feature x, int outputs) {
    return once(once(x, outputs), outputs);
  }

  private Feature once(Feature x, int outputs) {
    if (ofInstances) {
      Feature normal = network.normalizations().instance(network.convolution(x, Convolution.of(outputs, 3)));
      return Activation.LEAKY_RELU.of(network, normal);
    }
    return network.normalized(x, Convolution.of(outputs, 3), Activation.RELU);
  }

  private Feature widened(Feature x, Feature level) {
    return switch (widening) {
      case TRANSPOSED -> network.transposedConvolution(x, x.channels() / 2, 2, 2, 0, 0);
      case NEAREST -> once(Resizing.NEAREST.by(network, x, 2), x.channels() / 2);
      case ALIGNED -> {
        Feature larger = Resizing.ALIGNED.by(network, x, 2);
        int rows = level.extent(2) - larger.extent(2);
        int columns = level.extent(3) - larger.extent(3);
        yield network.movements().pad(larger, rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
      }
    };
  }
}
