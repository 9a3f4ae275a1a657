package dev.lowpass.testsuite.networks;

/** MobileNetV4 (Qin et al., arXiv:2404.10518), the small convolutional one: universal inverted bottlenecks. */
final class MobileNetV4 {
  private final Network network;

  private MobileNetV4(Network network) {
    this.network = network;
  }

  static Network small() {
    Network network = Network.folded("mobilenet_v4_small", 16, Exporter.PYTORCH);
    MobileNetV4 layers = new MobileNetV4(network);
    Feature x = network.input("input", 1, 3, 112, 112);
    x = network.normalized(x, Convolution.of(24, 3).stride(2), Activation.RELU);
    x = layers.fused(x, 24, 24);
    x = layers.fused(x, 72, 48);
    x = layers.bottleneck(x, 5, 5, 144, 64, 2);
    x = layers.bottleneck(x, 0, 3, 128, 64, 1);
    x = layers.bottleneck(x, 3, 0, 256, 64, 1);
    x = layers.bottleneck(x, 3, 3, 384, 96, 2);
    x = layers.bottleneck(x, 5, 5, 384, 96, 1);
    x = layers.bottleneck(x, 0, 5, 384, 96, 1);
    x = network.normalized(x, Convolution.pointwise(320), Activation.RELU);
    Feature pooled = network.normalized(network.globalAverage(x), Convolution.pointwise(400), Activation.RELU);
    network.output("output", network.linear(network.movements().flatten(pooled), 100));
    return network;
  }

  private Feature fused(Feature x, int wide, int outputs) {
    Feature inside = network.normalized(x, Convolution.of(wide, 3).stride(2), Activation.RELU);
    return network.normalized(inside, Convolution.pointwise(outputs), Activation.RELU);
  }

  /**
   * @param before the kernel of a depthwise convolution before the block widens; 0: there is none
   * @param inside of one behind
   */
  private Feature bottleneck(Feature x, int before, int inside, int wide, int outputs, int stride) {
    Feature result = x;
    if (before > 0) {
      Convolution depthwise = Convolution.depthwise(x.channels(), before, inside > 0 ? 1 : stride);
      result = network.normalized(result, depthwise.gain(1));
    }
    result = network.normalized(result, Convolution.pointwise(wide), Activation.RELU);
    if (inside > 0) {
      result = network.normalized(result, Convolution.depthwise(wide, inside, stride), Activation.RELU);
    }
    result = network.normalized(result, Convolution.pointwise(outputs).gain(1));
    return stride == 1 && outputs == x.channels() ? network.add(result, x) : result;
  }
}
