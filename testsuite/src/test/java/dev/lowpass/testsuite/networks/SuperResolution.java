package dev.lowpass.testsuite.networks;

/** Larger pictures from small ones: ESPCN (Shi et al., arXiv:1609.05158) and FSRCNN (Dong et al., arXiv:1608.00367). */
final class SuperResolution {
  private SuperResolution() {}

  /** ESPCN by PyTorch: the shuffle of pixels as one node. */
  static Network espcn() {
    Network network = Network.folded("espcn", 11, Exporter.PYTORCH);
    Feature x = network.input("input", 1, 1, 60, 76);
    x = Activation.TANH.of(network, network.convolution(x, Convolution.of(64, 5)));
    x = Activation.TANH.of(network, network.convolution(x, Convolution.of(32, 3)));
    x = network.convolution(x, Convolution.of(9, 3).gain(1));
    network.output("output", network.movements().depthToSpace(x, 3, "CRD"));
    return network;
  }

  /** As in the model zoo of ONNX: ReLUs, and the shuffle as Reshape, Transpose, Reshape. */
  static Network espcnInSteps() {
    Network network = Network.folded("super_resolution_10", 10, Exporter.PYTORCH);
    Feature x = network.input("input", 1, 1, 56, 56);
    x = Activation.RELU.of(network, network.convolution(x, Convolution.of(64, 5)));
    x = Activation.RELU.of(network, network.convolution(x, Convolution.of(64, 3)));
    x = Activation.RELU.of(network, network.convolution(x, Convolution.of(32, 3)));
    x = network.convolution(x, Convolution.of(9, 3));
    Feature apart = network.movements().reshape(x, -1, 1, 3, 3, 56, 56);
    Feature shuffled = network.movements().transpose(apart, 0, 1, 4, 2, 5, 3);
    network.output("output", network.movements().reshape(shuffled, -1, 1, 168, 168));
    return network;
  }

  /** FSRCNN by PyTorch: PReLUs, and one large transposed convolution at the end. */
  static Network fsrcnn() {
    Network network = Network.folded("fsrcnn", 9, Exporter.PYTORCH);
    Feature x = network.input("input", 1, 1, 48, 60);
    x = Activation.PRELU.of(network, network.convolution(x, Convolution.of(56, 5)));
    x = Activation.PRELU.of(network, network.convolution(x, Convolution.pointwise(12)));
    for (int i = 0; i < 3; i++) {
      x = Activation.PRELU.of(network, network.convolution(x, Convolution.of(12, 3)));
    }
    x = Activation.PRELU.of(network, network.convolution(x, Convolution.pointwise(56)));
    network.output("output", network.transposedConvolution(x, 1, 9, 3, 4, 2));
    return network;
  }
}
