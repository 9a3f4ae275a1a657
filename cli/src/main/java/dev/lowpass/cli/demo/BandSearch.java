package dev.lowpass.cli.demo;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * Finds what each channel of each pointwise layer keeps, without training, from a few calibration inputs.
 *
 * <ol>
 *   <li>Energy: the mean square of every coefficient that a layer reads, times the squared weights that it meets, is
 *       what the layer's output loses if it is dropped (Parseval; coefficients are taken as independent).
 *   <li>Weight: each layer alone is cut by a known part of that energy, and the change of the network's answer is
 *       measured.
 *   <li>Choice: the thresholds that minimise weighted loss plus a price times multiply-adds; the price is found by
 *       bisection so that the wanted part of the multiply-adds remains.
 * </ol>
 *
 * <p>Deterministic: plain loops on the reference interpreter.
 */
final class BandSearch {
  /** How much of a layer's output energy is dropped to see what the answer makes of it. */
  private static final double PROBE = 0.05;

  private static final int BISECTIONS = 60;
  private static final int BATCH = 8;

  private final Graph graph;
  private final List<Map<String, Tensor>> inputs;
  private final ToDoubleFunction<Tensor> answer;

  /**
   * @param graph canonical and spatial
   * @param answer one number that stands for the network's output, for example the log-odds of two classes
   */
  BandSearch(Graph graph, List<Map<String, Tensor>> inputs, ToDoubleFunction<Tensor> answer) {
    this.graph = graph;
    this.inputs = List.copyOf(inputs);
    this.answer = answer;
  }

  /** Bands that keep the part {@code retained} (0 to 1) of the multiply-adds of all searched layers. */
  BandsFile find(double retained) {
    return choose(losses(), retained);
  }

  /** The measured part of the search, from which {@link #choose} is cheap. */
  List<Loss> losses() {
    List<SearchedLayer> layers = SearchedLayer.of(graph);
    List<Loss> losses = new ArrayList<>();
    Map<String, double[][]> energies = energies(layers);
    List<Double> expected = answers(graph);
    for (SearchedLayer layer : layers) {
      losses.add(weighted(Loss.of(layer, energies.get(layer.name())), expected));
    }
    return losses;
  }

  /** Layers that keep everything are left out of the file. */
  static BandsFile choose(List<Loss> losses, double retained) {
    double low = -60;
    double high = 20;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (retained(losses, StrictMath.exp(middle)) > retained) {
        low = middle;
      } else {
        high = middle;
      }
    }
    SequencedMap<String, BandLimit> limits = new LinkedHashMap<>();
    for (Loss loss : losses) {
      BandLimit limit = loss.layer().limit(loss.cheapest(StrictMath.exp(high)));
      if (!limit.equals(loss.layer().full())) {
        limits.put(loss.layer().name(), limit);
      }
    }
    return new BandsFile(limits);
  }

  private static double retained(List<Loss> losses, double price) {
    double kept = 0;
    double all = 0;
    for (Loss loss : losses) {
      kept += loss.layer().limit(loss.cheapest(price)).retained() * loss.layer().multiplyAdds();
      all += loss.layer().multiplyAdds();
    }
    return kept / all;
  }

  private Map<String, double[][]> energies(List<SearchedLayer> layers) {
    Map<String, BandLimit> full = new LinkedHashMap<>();
    Map<String, double[][]> energies = new LinkedHashMap<>();
    for (SearchedLayer layer : layers) {
      full.put(layer.name(), layer.full());
      energies.put(layer.name(), new double[layer.channels()][layer.coefficients()]);
    }
    Graph transformed = LimitedGraph.of(graph, full);
    // In batches: each holds the values of all layers, and batches run side by side.
    for (int from = 0; from < inputs.size(); from += BATCH) {
      List<Map<String, Tensor>> batch = inputs.subList(from, Math.min(from + BATCH, inputs.size()));
      for (Map<String, Numbers> values : batch.parallelStream().map(i -> Interpreter.trace(transformed, i)).toList()) {
        for (SearchedLayer layer : layers) {
          add(values.get(LimitedGraph.coefficients(layer.node())), energies.get(layer.name()));
        }
      }
    }
    return energies;
  }

  private static void add(Numbers coefficients, double[][] energy) {
    double[] values = coefficients.values();
    int size = energy[0].length;
    int plane = values.length / energy.length;
    for (int i = 0; i < values.length; i++) {
      energy[i / plane][i % size] += values[i] * values[i];
    }
  }

  private Loss weighted(Loss loss, List<Double> expected) {
    List<Integer> keep = cut(loss);
    List<Double> found = answers(LimitedGraph.of(graph, Map.of(loss.layer().name(), loss.layer().limit(keep))));
    double change = 0;
    for (int i = 0; i < found.size(); i++) {
      change += Math.pow(found.get(i) - expected.get(i), 2);
    }
    return loss.weighted(change / found.size() / loss.droppedBy(keep));
  }

  /** The cheapest thresholds that drop at least the probe's part of the energy. */
  private static List<Integer> cut(Loss loss) {
    double low = -60;
    double high = 20;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (loss.droppedBy(loss.cheapest(StrictMath.exp(middle))) < PROBE) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return loss.cheapest(StrictMath.exp(high));
  }

  /** One a calibration input, in their order whatever the number of processors. */
  private List<Double> answers(Graph asked) {
    return inputs.parallelStream()
        .map(input -> answer.applyAsDouble(Interpreter.run(asked, input).firstEntry().getValue()))
        .toList();
  }
}
