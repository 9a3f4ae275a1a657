package dev.lowpass.learn.sensitivity;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.network.BandMasks;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.MapTransform;
import dev.lowpass.learn.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures sensitivities: one forward and one backward pass a picture. What is added to a layer's input is a leaf of
 * the computation whose gradient, transformed, says what each coefficient means.
 */
public final class SensitivityMeter {
  private static final String STAGE = "sensitivities";

  private final Network network;
  private final List<BandLayer> layers;
  private final Answer answer;
  private final Batches batches;
  private final List<NDList> expected;

  /**
   * @param network the network that is cut
   * @param expected the answers of the whole network, a list for each batch
   */
  public SensitivityMeter(
      Network network, List<BandLayer> layers, Answer answer, Batches batches, List<NDList> expected) {
    this.network = network;
    this.layers = List.copyOf(layers);
    this.answer = answer;
    this.batches = batches;
    this.expected = List.copyOf(expected);
  }

  /** The sensitivities of a network whose layers keep what {@code cut} says; the same for the same seed. */
  public Sensitivities at(BandsFile cut, long seed, LearningListener listener) {
    double[] lost = new double[batches.examples()];
    List<LayerSensitivity> measured =
        layers.stream().map(layer -> LayerSensitivity.of(layer, batches.examples())).toList();
    SplittableRandom random = new SplittableRandom(seed);
    try (BandMasks masks = BandMasks.of(network.graph(), cut, network.manager())) {
      for (int batch = 0; batch < batches.count(); batch++) {
        listener.stage(STAGE, batch, batches.count());
        try (NDManager step = network.manager().newSubManager()) {
          // What is computed from answers belongs to whoever has them.
          expected.get(batch).tempAttach(step);
          Answer.Directions directions = answer.directions(expected.get(batch), random);
          measure(step, batch, directions, masks, measured, lost);
        }
      }
    }
    listener.stage(STAGE, batches.count(), batches.count());
    return new Sensitivities(measured, lost);
  }

  private void measure(
      NDManager step,
      int batch,
      Answer.Directions directions,
      LayerInput masks,
      List<LayerSensitivity> measured,
      double[] lost) {
    Watch watch = new Watch(step, masks);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray found = directions.along(network.run(step, batches.inputs(step, batch), watch));
      collector.backward(found.sum());
      float[] right = directions.along(expected.get(batch)).toFloatArray();
      float[] now = found.toFloatArray();
      for (int n = 0; n < now.length; n++) {
        lost[batches.first(batch) + n] = now[n] - right[n];
      }
    }
    for (LayerSensitivity each : measured) {
      Seen seen = watch.seen.get(each.layer().node().name());
      record(step, each, seen, batches.first(batch));
    }
  }

  /** For each channel and threshold the sum of gradient times coefficient from there on. */
  private void record(NDManager step, LayerSensitivity sensitivity, Seen seen, int first) {
    BandLayer layer = sensitivity.layer();
    dev.lowpass.ir.Shape map = layer.node().operand(0).type().shape();
    MapTransform transform = MapTransform.of(step, layer.block(), layer.order(), map.dim(2), map.dim(3));
    NDArray gradient = transform.forward(seen.added().getGradient());
    NDArray coefficients = transform.forward(seen.input());
    add(gradient.square(), sensitivity.gradients());
    add(coefficients.square(), sensitivity.energies());
    float[] values = gradient.mul(coefficients).sum(new int[] {2}).toFloatArray();
    int size = layer.coefficients();
    List<Integer> thresholds = layer.thresholds();
    int pictures = values.length / (layer.channels() * size);
    for (int n = 0; n < pictures; n++) {
      for (int c = 0; c < layer.channels(); c++) {
        double tail = 0;
        int t = thresholds.size() - 1;
        for (int j = size; j >= 0; j--) {
          tail += j < size ? values[(n * layer.channels() + c) * size + j] : 0;
          if (thresholds.get(t) == j) {
            sensitivity.tails()[c][t][first + n] = (float) tail;
            t = Math.max(t - 1, 0);
          }
        }
      }
    }
  }

  /** Adds {@code squares} [N, C, blocks, S], summed over pictures and blocks, to {@code sums} [C][S]. */
  private static void add(NDArray squares, double[][] sums) {
    float[] values = squares.sum(new int[] {0, 2}).toFloatArray();
    for (int i = 0; i < values.length; i++) {
      sums[i / sums[0].length][i % sums[0].length] += values[i];
    }
  }

  /** What a layer would have read, and the zeros that were added to what it read. */
  private record Seen(NDArray input, NDArray added) {}

  private final class Watch implements LayerInput {
    private final NDManager step;
    private final LayerInput masks;
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    Watch(NDManager step, LayerInput masks) {
      this.step = step;
      this.masks = masks;
    }

    @Override
    public NDArray of(Node layer, NDArray input) {
      NDArray read = masks.of(layer, input);
      if (layers.stream().noneMatch(watched -> watched.node().name().equals(layer.name()))) {
        return read;
      }
      Shape shape = read.getShape();
      NDArray added = step.zeros(shape);
      added.setRequiresGradient(true);
      seen.put(layer.name(), new Seen(input.stopGradient(), added));
      return read.add(added);
    }
  }
}
