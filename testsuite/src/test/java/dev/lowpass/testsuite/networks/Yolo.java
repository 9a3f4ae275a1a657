package dev.lowpass.testsuite.networks;

import java.util.ArrayList;
import java.util.List;

/** YOLO, of the third, fifth and eighth generation, narrow and with decoded boxes where exporters decode them. */
final class Yolo {
  private static final Activation SILU = Activation.SILU;

  private final Network network;

  private Yolo(Network network) {
    this.network = network;
  }

  /** Tiny YOLO v3 by PyTorch (Redmon and Farhadi, arXiv:1804.02767): LeakyReLU, a pool of stride 1, raw outputs. */
  static Network third() {
    Network network = Network.trained("yolo_v3_tiny", 9, Exporter.PYTORCH);
    Yolo layers = new Yolo(network);
    Feature x = network.input("images", 1, 3, 96, 96);
    for (int outputs : List.of(8, 16, 32)) {
      x = network.maxPool(layers.leaky(x, outputs, 3), Window.of(2, 2, 0));
    }
    Feature middle = layers.leaky(x, 64, 3);
    x = layers.leaky(network.maxPool(middle, Window.of(2, 2, 0)), 128, 3);
    x = network.maxPool(network.movements().pad(x, 0, 0, 1, 1), Window.of(2, 1, 0));
    Feature narrow = layers.leaky(layers.leaky(x, 128, 3), 64, 1);
    network.output("output0", network.convolution(layers.leaky(narrow, 128, 3), Convolution.pointwise(36)));
    Feature larger = Resizing.NEAREST.by(network, layers.leaky(narrow, 32, 1), 2);
    Feature both = layers.leaky(network.movements().concat(1, larger, middle), 64, 3);
    network.output("output1", network.convolution(both, Convolution.pointwise(36)));
    return network;
  }

  /** YOLO v5: a picture cut into four by slices, three maps, boxes decoded by sigmoids and powers. */
  static Network fifth() {
    Network network = Network.folded("yolo_v5", 12, Exporter.PYTORCH);
    Yolo layers = new Yolo(network);
    Feature x = layers.focused(network.input("images", 1, 3, 96, 128));
    x = layers.crossStage(layers.silu(layers.silu(x, 16, 3, 1), 32, 3, 2), 32, 1, true);
    Feature eighth = layers.crossStage(layers.silu(x, 64, 3, 2), 64, 2, true);
    Feature sixteenth = layers.crossStage(layers.silu(eighth, 96, 3, 2), 96, 1, true);
    Feature last = layers.pyramid(layers.silu(sixteenth, 128, 3, 2));
    List<Feature> maps = layers.aggregated(eighth, sixteenth, last, layers::crossStageOfThree);
    network.output("output", new YoloHeads(network).anchored(maps));
    return network;
  }

  /** YOLO v8: halves that are all kept, and boxes as the mean of distributions of distances. */
  static Network eighth() {
    Network network = Network.folded("yolo_v8", 17, Exporter.PYTORCH);
    Yolo layers = new Yolo(network);
    Feature x = layers.silu(network.input("images", 1, 3, 96, 128), 16, 3, 2);
    x = layers.keptHalves(layers.silu(x, 32, 3, 2), 32, true);
    Feature eighth = layers.keptHalves(layers.silu(x, 48, 3, 2), 48, true);
    Feature sixteenth = layers.keptHalves(layers.silu(eighth, 64, 3, 2), 64, true);
    Feature last = layers.pyramid(layers.keptHalves(layers.silu(sixteenth, 96, 3, 2), 96, true));
    List<Feature> maps =
        layers.aggregated(eighth, sixteenth, last, (map, outputs) -> layers.keptHalves(map, outputs, false));
    network.output("output0", new YoloHeads(network).distributed(maps));
    return network;
  }

  private Feature leaky(Feature x, int outputs, int kernel) {
    return network.normalized(x, Convolution.of(outputs, kernel), Activation.LEAKY_RELU);
  }

  private Feature silu(Feature x, int outputs, int kernel, int stride) {
    return network.normalized(x, Convolution.of(outputs, kernel).stride(stride).gain(2.5), SILU);
  }

  /** Every second row and column, in four maps: slices of slices, as x[..., ::2, ::2] is exported. */
  private Feature focused(Feature picture) {
    List<Feature> parts = new ArrayList<>();
    for (int column = 0; column < 2; column++) {
      for (int row = 0; row < 2; row++) {
        Feature rows = network.movements().slice(picture, 2, row, Integer.MAX_VALUE, 2);
        parts.add(network.movements().slice(rows, 3, column, Integer.MAX_VALUE, 2));
      }
    }
    return network.movements().concat(1, parts);
  }

  private Feature crossStageOfThree(Feature x, int outputs) {
    return crossStage(x, outputs, 1, false);
  }

  /** C3: bottlenecks on one half, nothing on the other. */
  private Feature crossStage(Feature x, int outputs, int repeats, boolean residual) {
    Feature inside = silu(x, outputs / 2, 1, 1);
    for (int i = 0; i < repeats; i++) {
      Feature deeper = silu(silu(inside, outputs / 2, 1, 1), outputs / 2, 3, 1);
      inside = residual ? network.add(inside, deeper) : deeper;
    }
    return silu(network.movements().concat(1, inside, silu(x, outputs / 2, 1, 1)), outputs, 1, 1);
  }

  /** C2f: a half of the channels goes through a bottleneck, and all that there ever was is kept. */
  private Feature keptHalves(Feature x, int outputs, boolean residual) {
    int half = outputs / 2;
    List<Feature> halves = network.movements().split(silu(x, outputs, 1, 1), 1, half, half);
    Feature deeper = silu(silu(halves.getLast(), half, 3, 1), half, 3, 1);
    Feature last = residual ? network.add(halves.getLast(), deeper) : deeper;
    return silu(network.movements().concat(1, halves.getFirst(), halves.getLast(), last), outputs, 1, 1);
  }

  /** SPPF: the same pool three times over. */
  private Feature pyramid(Feature x) {
    List<Feature> parts = new ArrayList<>(List.of(silu(x, x.channels() / 2, 1, 1)));
    for (int i = 0; i < 3; i++) {
      parts.add(network.maxPool(parts.getLast(), Window.of(5, 1, 2)));
    }
    return silu(network.movements().concat(1, parts), x.channels(), 1, 1);
  }

  private interface Stage {
    Feature of(Feature x, int outputs);
  }

  /** From the smallest map to the largest and back, each beside what is as large. */
  private List<Feature> aggregated(Feature eighth, Feature sixteenth, Feature last, Stage stage) {
    Movements movements = network.movements();
    Feature narrowLast = silu(last, sixteenth.channels(), 1, 1);
    Feature larger = Resizing.NEAREST.by(network, narrowLast, 2);
    Feature middle = stage.of(movements.concat(1, larger, sixteenth), sixteenth.channels());
    Feature narrowMiddle = silu(middle, eighth.channels(), 1, 1);
    Feature largest = Resizing.NEAREST.by(network, narrowMiddle, 2);
    Feature first = stage.of(movements.concat(1, largest, eighth), eighth.channels());
    Feature down = silu(first, eighth.channels(), 3, 2);
    Feature second = stage.of(movements.concat(1, down, narrowMiddle), sixteenth.channels());
    Feature further = silu(second, sixteenth.channels(), 3, 2);
    Feature third = stage.of(movements.concat(1, further, narrowLast), last.channels());
    return List.of(first, second, third);
  }
}
