package dev.lowpass.testsuite.networks;

import java.util.List;

/**
 * ConvNeXt (Liu et al., arXiv:2201.03545) and ConvMixer (Trockman and Kolter, arXiv:2201.09792): large depthwise
 * kernels, GELU, and pointwise layers that may be written as products on maps with channels last.
 */
final class ConvNeXt {
  private final Network network;
  private final Activation gelu;

  /** Whether pointwise layers and normalisations see channels last, as products of matrices and one node each. */
  private final boolean channelsLast;

  private ConvNeXt(Network network, Activation gelu, boolean channelsLast) {
    this.network = network;
    this.gelu = gelu;
    this.channelsLast = channelsLast;
  }

  /** By torchvision: channels last in the middle of a block, LayerNormalization, MatMul, and GELU in steps. */
  static Network ofTorchvision() {
    return new ConvNeXt(
            Network.folded("convnext_tiny", 17, Exporter.PYTORCH), Activation.GELU_OF_ERF, true)
        .build();
  }

  /** By torchvision with a newer opset, in which GELU is a node. */
  static Network ofNewOpset() {
    return new ConvNeXt(Network.folded("convnext_tiny_opset20", 20, Exporter.TF2ONNX), Activation.GELU, true).build();
  }

  /** By timm with an old opset: channels stay where they are, normalisation over them in steps. */
  static Network ofTimm() {
    return new ConvNeXt(
            Network.folded("convnext_tiny_timm", 13, Exporter.PYTORCH), Activation.GELU_OF_ERF, false)
        .build();
  }

  private Network build() {
    Feature x = network.input("input", 1, 3, 96, 96);
    x = normalized(network.convolution(x, patches(24, 4)));
    for (int channels : List.of(24, 48, 96, 192)) {
      if (channels > 24) {
        x = network.convolution(normalized(x), patches(channels, 2));
      }
      x = block(x);
      x = block(x);
    }
    Feature pooled = normalized(network.globalAverage(x));
    network.output("output", network.linear(network.movements().flatten(pooled), 100));
    return network;
  }

  private static Convolution patches(int outputs, int size) {
    return Convolution.of(outputs, size).stride(size).padding(Convolution.Padding.NONE).gain(1);
  }

  private Feature block(Feature x) {
    int channels = x.channels();
    Feature inside = network.convolution(x, Convolution.depthwise(channels, 7, 1).gain(1));
    if (channelsLast) {
      inside = network.normalizations().layer(network.movements().transpose(inside, 0, 2, 3, 1));
      inside = network.dense(gelu.of(network, network.dense(inside, 4 * channels, 1)), channels, 2);
      inside = network.movements().transpose(inside, 0, 3, 1, 2);
    } else {
      inside = network.normalizations().layerInSteps(network, inside, 1);
      inside = gelu.of(network, network.convolution(inside, Convolution.pointwise(4 * channels).gain(1)));
      inside = network.convolution(inside, Convolution.pointwise(channels));
    }
    return network.add(network.multiply(inside, network.normalizations().layerScale(channels)), x);
  }

  private Feature normalized(Feature x) {
    if (!channelsLast) {
      return network.normalizations().layerInSteps(network, x, 1);
    }
    Feature last = network.normalizations().layer(network.movements().transpose(x, 0, 2, 3, 1));
    return network.movements().transpose(last, 0, 3, 1, 2);
  }

  /** ConvMixer by PyTorch: patches, then a depthwise kernel of nine with a sum around it and a pointwise layer. */
  static Network convMixer() {
    Network network = Network.trained("convmixer", 12, Exporter.PYTORCH);
    Feature x = network.input("input", 1, 3, 112, 112);
    x = mixed(network, network.convolution(x, patches(96, 7)));
    for (int i = 0; i < 3; i++) {
      Feature deep = mixed(network, network.convolution(x, Convolution.depthwise(96, 9, 1)));
      x = mixed(network, network.convolution(network.add(deep, x), Convolution.pointwise(96)));
    }
    network.output("output", network.linear(network.movements().flatten(network.globalAverage(x)), 100));
    return network;
  }

  private static Feature mixed(Network network, Feature x) {
    return network.normalizations().batch(Activation.GELU_OF_ERF.of(network, x));
  }
}
