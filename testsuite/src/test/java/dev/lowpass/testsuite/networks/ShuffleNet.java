package dev.lowpass.testsuite.networks;

import java.util.List;

/** ShuffleNet, the first (Zhang et al., arXiv:1707.01083) and the second (Ma et al., arXiv:1807.11164), less deep. */
final class ShuffleNet {
  private static final int GROUPS = 3;

  /** Blocks of each stage in the papers. */
  private static final List<Integer> WHOLE_REPEATS = List.of(4, 8, 4);

  private final Network network;

  /** Whether the batch's size is asked for where channels are shuffled. */
  private final boolean asks;

  private ShuffleNet(Network network, boolean asks) {
    this.network = network;
    this.asks = asks;
  }

  /** The first, with three groups, as in the model zoo of ONNX: batch norms, and shapes as constants. */
  static Network first() {
    Network network = Network.trained("shufflenet_v1", 9, Exporter.TF2ONNX);
    ShuffleNet layers = new ShuffleNet(network, false);
    Feature x = layers.stem(network.input("gpu_0/data_0", 1, 3, 96, 96));
    for (int outputs : List.of(60, 120, 240)) {
      x = layers.grouped(x, outputs, 2);
      x = layers.grouped(x, outputs, 1);
    }
    Feature pooled = network.averagePool(x, Window.of(3, 1, 0));
    Feature flat = network.movements().reshape(pooled, 1, -1);
    network.output("gpu_0/softmax_1", network.softmax(network.linear(flat, 100), 1));
    return network;
  }

  /** The first as wide and as deep, and on pictures as large as it is used. */
  static Network wholeFirst() {
    Network network = Network.folded("shufflenet_v1_224", 9, Exporter.TF2ONNX);
    ShuffleNet layers = new ShuffleNet(network, false);
    Feature x = layers.stem(network.input("gpu_0/data_0", 1, 3, 224, 224));
    for (int stage = 0; stage < WHOLE_REPEATS.size(); stage++) {
      for (int i = 0; i < WHOLE_REPEATS.get(stage); i++) {
        x = layers.grouped(x, 240 << stage, i == 0 ? 2 : 1);
      }
    }
    network.output("output", network.linear(network.movements().flatten(network.globalAverage(x)), 1000));
    return network;
  }

  /** The second as wide and as deep, and on pictures as large as it is used. */
  static Network wholeSecond() {
    Network network = Network.folded("shufflenet_v2_224", 13, Exporter.PYTORCH);
    ShuffleNet layers = new ShuffleNet(network, true);
    Feature x = layers.stem(network.input("input", 1, 3, 224, 224));
    for (int stage = 0; stage < WHOLE_REPEATS.size(); stage++) {
      x = layers.narrowing(x, 116 << stage);
      for (int i = 1; i < WHOLE_REPEATS.get(stage); i++) {
        x = layers.passing(x);
      }
    }
    x = network.normalized(x, Convolution.pointwise(1024), Activation.RELU);
    network.output("output", network.linear(network.reduce("ReduceMean", 18, x, false, 2, 3), 1000));
    return network;
  }

  /** The second by PyTorch: half of the channels pass by a block, and the batch's size is asked for. */
  static Network second() {
    Network network = Network.folded("shufflenet_v2", 13, Exporter.PYTORCH);
    ShuffleNet layers = new ShuffleNet(network, true);
    Feature x = layers.stem(network.input("input", 2, 3, 96, 96));
    for (int outputs : List.of(48, 96, 192)) {
      x = layers.narrowing(x, outputs);
      x = layers.passing(x);
      x = layers.passing(x);
    }
    x = network.normalized(x, Convolution.pointwise(256), Activation.RELU);
    Feature pooled = network.reduce("ReduceMean", 18, x, false, 2, 3);
    network.output("output", network.linear(pooled, 100));
    return network;
  }

  private Feature stem(Feature picture) {
    Feature x = network.normalized(picture, Convolution.of(24, 3).stride(2), Activation.RELU);
    return network.maxPool(x, Window.of(3, 2, 1));
  }

  private Feature grouped(Feature x, int outputs, int stride) {
    int added = stride == 2 ? outputs - x.channels() : outputs;
    int inner = outputs / 4 / GROUPS * GROUPS;
    int groups = x.channels() == 24 ? 1 : GROUPS;
    Feature inside = network.normalized(x, Convolution.pointwise(inner).groups(groups), Activation.RELU);
    inside = shuffle(inside, GROUPS);
    inside = network.normalized(inside, Convolution.depthwise(inner, 3, stride).gain(1));
    inside = network.normalized(inside, Convolution.pointwise(added).groups(GROUPS).gain(1));
    Feature joined =
        stride == 2
            ? network.movements().concat(1, network.averagePool(x, Window.of(3, 2, 1)), inside)
            : network.add(inside, x);
    return Activation.RELU.of(network, joined);
  }

  private Feature narrowing(Feature x, int outputs) {
    Feature left = network.normalized(x, Convolution.depthwise(x.channels(), 3, 2));
    left = network.normalized(left, Convolution.pointwise(outputs / 2).gain(1), Activation.RELU);
    return shuffle(network.movements().concat(1, left, branch(x, outputs / 2, 2)), 2);
  }

  private Feature passing(Feature x) {
    int half = x.channels() / 2;
    List<Feature> halves = network.movements().split(x, 1, half, half);
    return shuffle(network.movements().concat(1, halves.getFirst(), branch(halves.getLast(), half, 1)), 2);
  }

  private Feature branch(Feature x, int outputs, int stride) {
    Feature inside = network.normalized(x, Convolution.pointwise(outputs), Activation.RELU);
    inside = network.normalized(inside, Convolution.depthwise(outputs, 3, stride));
    return network.normalized(inside, Convolution.pointwise(outputs).gain(1), Activation.RELU);
  }

  /** Channels of all groups take turns: as a matrix of groups by channels, transposed. */
  private Feature shuffle(Feature x, int groups) {
    int channels = x.channels();
    int height = x.extent(2);
    int width = x.extent(3);
    Movements movements = network.movements();
    if (asks) {
      Feature apart = movements.reshapeKeepingBatch(x, groups, channels / groups, height, width);
      return movements.reshapeKeepingBatch(movements.transpose(apart, 0, 2, 1, 3, 4), channels, height, width);
    }
    Feature apart = movements.reshape(x, x.extent(0), groups, channels / groups, height, width);
    return movements.reshape(movements.transpose(apart, 0, 2, 1, 3, 4), x.extent(0), channels, height, width);
  }
}
