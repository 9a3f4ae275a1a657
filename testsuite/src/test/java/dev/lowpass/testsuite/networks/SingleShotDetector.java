package dev.lowpass.testsuite.networks;

import dev.lowpass.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/** SSD (Liu et al., arXiv:1512.02325): boxes and classes of every place of several maps, with fixed boxes as origin. */
final class SingleShotDetector {
  private static final int BOXES = 4;
  private static final int CLASSES = 11;

  private final Network network;
  private final List<Feature> places = new ArrayList<>();
  private final List<Feature> scores = new ArrayList<>();

  private SingleShotDetector(Network network) {
    this.network = network;
  }

  /** On MobileNetV1 with ReLU6; extents are constants. */
  static Network ofMobileNet() {
    Network network = Network.trained("ssd_mobilenet", 11, Exporter.PYTORCH);
    SingleShotDetector layers = new SingleShotDetector(network);
    Feature x = network.input("input", 1, 3, 96, 96);
    x = network.normalized(x, Convolution.of(16, 3).stride(2), Activation.RELU6);
    x = layers.separable(layers.separable(x, 32, 2), 64, 2);
    layers.predict(layers.separable(x, 64, 1));
    x = layers.separable(x, 128, 2);
    layers.predict(x);
    x = network.normalized(x, Convolution.pointwise(32), Activation.RELU6);
    x = network.normalized(x, Convolution.of(64, 3).stride(2), Activation.RELU6);
    layers.predict(x);
    return layers.detected();
  }

  /** On VGG: the first map is divided by its norm across channels, pools round up, one layer is dilated. */
  static Network ofVgg() {
    Network network = Network.folded("ssd_vgg", 12, Exporter.PYTORCH);
    SingleShotDetector layers = new SingleShotDetector(network);
    Feature x = layers.plain(layers.plain(network.input("input", 1, 3, 75, 75), 16), 16);
    x = layers.plain(network.maxPool(x, Window.of(2, 2, 0)), 32);
    x = layers.plain(network.maxPool(x, Window.of(2, 2, 0).ceiling()), 64);
    layers.predict(layers.unit(x));
    x = layers.plain(network.maxPool(x, Window.of(2, 2, 0)), 64);
    x = network.maxPool(x, Window.of(3, 1, 1));
    x = Activation.RELU.of(network, network.convolution(x, Convolution.of(96, 3).dilation(6)));
    x = Activation.RELU.of(network, network.convolution(x, Convolution.pointwise(96)));
    layers.predict(x);
    return layers.detected();
  }

  private Feature separable(Feature x, int outputs, int stride) {
    Feature depth = network.normalized(x, Convolution.depthwise(x.channels(), 3, stride), Activation.RELU6);
    return network.normalized(depth, Convolution.pointwise(outputs), Activation.RELU6);
  }

  private Feature plain(Feature x, int outputs) {
    return Activation.RELU.of(network, network.convolution(x, Convolution.of(outputs, 3)));
  }

  /** {@code x} divided by its norm across channels, as {@code F.normalize} is exported, times learnt scales. */
  private Feature unit(Feature x) {
    Feature norm = network.reduce("ReduceL2", 18, x, true, 1);
    Feature bounded =
        network.graph().node("Clip", List.of(norm, network.graph().scalar(1e-12)), norm.shape());
    Feature shape = network.graph().node("Shape", List.of(x), List.of(4));
    Feature expanded = network.graph().node("Expand", List.of(bounded, shape), x.shape());
    Tensor scales = network.weights().uniform(List.of(1, x.channels(), 1, 1), 6, 10);
    return network.multiply(network.graph().stored("weight", scales), network.binary("Div", x, expanded));
  }

  private void predict(Feature x) {
    places.add(listed(network.convolution(x, Convolution.of(BOXES * 4, 3).gain(0.5)), 4));
    scores.add(listed(network.convolution(x, Convolution.of(BOXES * CLASSES, 3)), CLASSES));
  }

  /** A map's numbers as a list with {@code length} for each box. */
  private Feature listed(Feature x, int length) {
    Feature last = network.movements().transpose(x, 0, 2, 3, 1);
    return network.movements().reshape(last, x.extent(0), -1, length);
  }

  /** Corners of all boxes between 0 and 1, and the probability of each class. */
  private Network detected() {
    Movements movements = network.movements();
    Feature place = movements.concat(1, places);
    Feature origins = network.graph().stored("priors", network.weights().uniform(place.shape(), 0.1, 0.9));
    Feature originCentres = movements.slice(origins, 2, 0, 2, 1);
    Feature originSizes = movements.slice(origins, 2, 2, Integer.MAX_VALUE, 1);
    Feature moved = network.multiply(network.with("Mul", movements.slice(place, 2, 0, 2, 1), 0.1), originSizes);
    Feature centres = network.add(originCentres, moved);
    Feature grown = network.unary("Exp", network.with("Mul", movements.slice(place, 2, 2, Integer.MAX_VALUE, 1), 0.2));
    Feature halves = network.with("Div", network.multiply(originSizes, grown), 2);
    Feature corners = movements.concat(2, network.binary("Sub", centres, halves), network.add(centres, halves));
    network.output("scores", network.softmax(movements.concat(1, scores), 2));
    network.output("boxes", corners);
    return network;
  }
}
