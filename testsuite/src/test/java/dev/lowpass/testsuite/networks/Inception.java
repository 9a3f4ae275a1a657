package dev.lowpass.testsuite.networks;

import java.util.ArrayList;
import java.util.List;

/** Networks of parallel branches: Inception v3 (Szegedy et al., arXiv:1512.00567) and GoogLeNet (arXiv:1409.4842). */
final class Inception {
  private final Network network;

  private Inception(Network network) {
    this.network = network;
  }

  /** Inception v3 by PyTorch at a quarter of its width, with the change of the picture's channels before it. */
  static Network third() {
    Network network = Network.folded("inception_v3", 11, Exporter.PYTORCH);
    Inception layers = new Inception(network);
    Feature x = layers.transformed(network.input("input", 1, 3, 107, 107));
    x = layers.valid(x, 8, 2, 3);
    x = layers.valid(x, 8, 1, 3);
    x = layers.same(x, 16, 3);
    x = network.maxPool(x, Window.of(3, 2, 0));
    x = layers.valid(x, 48, 1, 3);
    x = layers.small(x);
    x = layers.small(x);
    Feature branch = layers.valid(layers.same(layers.same(x, 16, 1), 24, 3), 24, 2, 3);
    x = network.movements().concat(1, layers.valid(x, 96, 2, 3), branch, network.maxPool(x, Window.of(3, 2, 0)));
    x = layers.long7(x);
    x = layers.wide(x);
    Feature pooled = network.movements().flatten(network.globalAverage(x));
    network.output("output", network.linear(network.unary("Dropout", pooled), 100));
    return network;
  }

  /** Each channel of the picture times a number plus a number, put together again. */
  private Feature transformed(Feature picture) {
    List<Feature> channels = new ArrayList<>();
    for (int channel = 0; channel < 3; channel++) {
      Feature one = network.movements().unsqueeze(network.movements().gather(picture, 1, channel), 1);
      channels.add(network.with("Add", network.with("Mul", one, 0.45 + 0.01 * channel), -0.03 * channel));
    }
    return network.movements().concat(1, channels);
  }

  private Feature small(Feature x) {
    Feature five = same(same(x, 12, 1), 16, 5);
    Feature three = same(same(same(x, 16, 1), 24, 3), 24, 3);
    return network.movements().concat(1, same(x, 16, 1), five, three, pooled(x, 8));
  }

  /** Kernels of seven in one direction after the other. */
  private Feature long7(Feature x) {
    Feature once = same(same(same(x, 32, 1), 32, 1, 7), 48, 7, 1);
    Feature twice = same(same(same(same(same(x, 32, 1), 32, 7, 1), 32, 1, 7), 32, 7, 1), 48, 1, 7);
    return network.movements().concat(1, same(x, 48, 1), once, twice, pooled(x, 48));
  }

  private Feature wide(Feature x) {
    Feature three = same(x, 96, 1);
    Feature parted = network.movements().concat(1, same(three, 96, 1, 3), same(three, 96, 3, 1));
    Feature deep = same(same(x, 112, 1), 96, 3);
    Feature deepParted = network.movements().concat(1, same(deep, 96, 1, 3), same(deep, 96, 3, 1));
    return network.movements().concat(1, same(x, 80, 1), parted, deepParted, pooled(x, 48));
  }

  private Feature pooled(Feature x, int outputs) {
    return same(network.averagePool(x, Window.of(3, 1, 1)), outputs, 1);
  }

  private Feature same(Feature x, int outputs, int... kernel) {
    return network.normalized(x, Convolution.of(outputs, kernel), Activation.RELU);
  }

  private Feature valid(Feature x, int outputs, int stride, int kernel) {
    Convolution layer = Convolution.of(outputs, kernel).stride(stride).padding(Convolution.Padding.NONE);
    return network.normalized(x, layer, Activation.RELU);
  }

  /** GoogLeNet as Caffe2 wrote it: response normalisation, pools with more padding behind than before. */
  static Network googLeNet() {
    Network network = Network.folded("googlenet", 9, Exporter.TF2ONNX);
    Inception layers = new Inception(network);
    Window narrowing = new Window(3, 2, 0, 1, false);
    Feature x = layers.branch(network.input("data_0", 1, 3, 96, 96), Convolution.of(32, 7).stride(2));
    x = network.normalizations().localResponse(network.maxPool(x, narrowing));
    x = layers.branch(layers.branch(x, Convolution.pointwise(32)), Convolution.of(64, 3));
    x = network.maxPool(network.normalizations().localResponse(x), narrowing);
    x = layers.mixed(x, 32, 48, 64, 8, 16, 16);
    x = layers.mixed(x, 64, 64, 96, 16, 48, 32);
    x = network.maxPool(x, narrowing);
    x = layers.mixed(x, 96, 48, 104, 8, 24, 32);
    x = network.averagePool(x, Window.of(6, 1, 0));
    Feature dropped = network.unary("Dropout", x);
    Feature flat = network.movements().reshape(dropped, 1, x.channels());
    network.output("prob_1", network.softmax(network.linear(flat, 100), 1));
    return network;
  }

  private Feature mixed(Feature x, int one, int narrow3, int three, int narrow5, int five, int pool) {
    Feature threes = branch(branch(x, Convolution.pointwise(narrow3)), Convolution.of(three, 3));
    Feature fives = branch(branch(x, Convolution.pointwise(narrow5)), Convolution.of(five, 5));
    Feature pooled = branch(network.maxPool(x, Window.of(3, 1, 1)), Convolution.pointwise(pool));
    return network.movements().concat(1, branch(x, Convolution.pointwise(one)), threes, fives, pooled);
  }

  private Feature branch(Feature x, Convolution layer) {
    return Activation.RELU.of(network, network.convolution(x, layer));
  }
}
