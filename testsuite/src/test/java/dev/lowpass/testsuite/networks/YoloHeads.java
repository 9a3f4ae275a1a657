package dev.lowpass.testsuite.networks;

import dev.lowpass.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/** From maps of 1/8, 1/16 and 1/32 of the picture's extents to a list of boxes. */
final class YoloHeads {
  private static final int CLASSES = 6;
  private static final int ANCHORS = 3;
  private static final int BINS = 16;

  private final Network network;

  YoloHeads(Network network) {
    this.network = network;
  }

  /** YOLO v5: {@code (2 s - 0.5 + grid) stride} and {@code (2 s)^2 anchor} of sigmoids {@code s}. */
  Feature anchored(List<Feature> maps) {
    List<Feature> boxes = new ArrayList<>();
    for (int level = 0; level < maps.size(); level++) {
      boxes.add(anchored(maps.get(level), 8 << level));
    }
    return network.movements().concat(1, boxes);
  }

  private Feature anchored(Feature map, int stride) {
    Movements movements = network.movements();
    int rows = map.extent(2);
    int columns = map.extent(3);
    Feature raw = network.convolution(map, Convolution.pointwise(ANCHORS * (5 + CLASSES)).gain(1));
    Feature apart = movements.reshape(raw, 1, ANCHORS, 5 + CLASSES, rows, columns);
    Feature last = Activation.SIGMOID.of(network, movements.transpose(apart, 0, 1, 3, 4, 2));
    List<Feature> parts = movements.split(last, 4, 2, 2, CLASSES + 1);
    Feature places = network.add(network.with("Mul", parts.get(0), 2), grid(rows, columns));
    Feature sizes = network.with("Pow", network.with("Mul", parts.get(1), 2), 2);
    Tensor anchors = network.weights().uniform(List.of(1, ANCHORS, rows, columns, 2), stride, 4 * stride);
    Feature scaled = network.multiply(sizes, network.graph().constant(anchors));
    Feature joined = movements.concat(4, network.with("Mul", places, stride), scaled, parts.get(2));
    return movements.reshape(joined, 1, ANCHORS * rows * columns, 5 + CLASSES);
  }

  private Feature grid(int rows, int columns) {
    float[] places = new float[ANCHORS * rows * columns * 2];
    for (int i = 0; i < places.length / 2; i++) {
      places[2 * i] = i % columns - 0.5f;
      places[2 * i + 1] = i / columns % rows - 0.5f;
    }
    return network.graph().constant(SeededWeights.tensor(places, List.of(1, ANCHORS, rows, columns, 2)));
  }

  /**
   * YOLO v8: each of four distances is the mean of a softmax over bins, which is written as a convolution (Li et al.,
   * "Generalized Focal Loss", arXiv:2006.04388); centres and extents follow from the distances to a box's edges.
   */
  Feature distributed(List<Feature> maps) {
    Movements movements = network.movements();
    List<Feature> rows = new ArrayList<>();
    for (Feature map : maps) {
      Feature distances = network.convolution(branch(map, 32), Convolution.pointwise(4 * BINS));
      Feature scores = network.convolution(branch(map, 24), Convolution.pointwise(CLASSES).gain(1));
      Feature both = movements.concat(1, distances, scores);
      rows.add(movements.reshape(both, 1, 4 * BINS + CLASSES, -1));
    }
    List<Feature> parts = movements.split(movements.concat(2, rows), 1, 4 * BINS, CLASSES);
    Feature boxes = boxes(means(parts.getFirst()), maps);
    return movements.concat(1, boxes, Activation.SIGMOID.of(network, parts.getLast()));
  }

  private Feature branch(Feature map, int channels) {
    Feature x = network.normalized(map, Convolution.of(channels, 3), Activation.SILU);
    return network.normalized(x, Convolution.of(channels, 3).gain(3), Activation.SILU);
  }

  private Feature means(Feature bins) {
    Movements movements = network.movements();
    Feature apart = movements.reshape(bins, 1, 4, BINS, bins.extent(2));
    Feature likely = network.softmax(movements.transpose(apart, 0, 2, 1, 3), 1);
    float[] numbers = new float[BINS];
    for (int i = 0; i < BINS; i++) {
      numbers[i] = i;
    }
    Feature weight = network.graph().stored("dfl", SeededWeights.tensor(numbers, List.of(1, BINS, 1, 1)));
    Feature mean =
        network
            .graph()
            .node(
                "Conv",
                List.of(likely, weight),
                List.of(1, 1, 4, bins.extent(2)),
                Attributes.integers("kernel_shape", 1, 1));
    return movements.reshape(mean, 1, 4, bins.extent(2));
  }

  private Feature boxes(Feature distances, List<Feature> maps) {
    int count = distances.extent(2);
    float[] centres = new float[2 * count];
    float[] strides = new float[count];
    int place = 0;
    for (int level = 0; level < maps.size(); level++) {
      Feature map = maps.get(level);
      for (int i = 0; i < map.extent(2) * map.extent(3); i++) {
        centres[place] = i % map.extent(3) + 0.5f;
        centres[count + place] = i / map.extent(3) + 0.5f;
        strides[place++] = 8 << level;
      }
    }
    Movements movements = network.movements();
    Feature origins = network.graph().constant(SeededWeights.tensor(centres, List.of(1, 2, count)));
    Feature scale = network.graph().constant(SeededWeights.tensor(strides, List.of(1, count)));
    Feature before = network.binary("Sub", origins, movements.slice(distances, 1, 0, 2, 1));
    Feature behind = network.add(origins, movements.slice(distances, 1, 2, 4, 1));
    Feature middle = network.with("Div", network.add(before, behind), 2);
    Feature extents = network.binary("Sub", behind, before);
    return network.multiply(movements.concat(1, middle, extents), scale);
  }
}
