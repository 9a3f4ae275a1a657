package dev.lowpass.learn;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The layers of a network on inputs of the kind that it will see.
 *
 * @param graph canonical and spatial
 */
record Calibration(Graph graph, List<Map<String, Tensor>> inputs) {
  /** Inputs that run side by side: each holds the values of all layers. */
  private static final int BATCH = 8;

  private static final String STAGE = "measure coefficients";

  Calibration {
    requireInputs(graph, inputs);
    inputs = List.copyOf(inputs);
  }

  /** @throws LowpassException LP6004 without inputs */
  static void requireInputs(Graph graph, List<Map<String, Tensor>> inputs) {
    if (inputs.isEmpty()) {
      throw new LowpassException("LP6004", graph.name(), "nothing to calibrate on; give at least one input");
    }
  }

  /**
   * For each of {@code layers}, by name, the energy {@code [c][j]} of coefficient j of channel c: its squares summed
   * over blocks and inputs.
   */
  Map<String, double[][]> energies(List<SearchedLayer> layers, SearchListener listener) {
    SequencedMap<String, BandLimit> full = new LinkedHashMap<>();
    Map<String, double[][]> energies = new LinkedHashMap<>();
    for (SearchedLayer layer : layers) {
      full.put(layer.name(), layer.full());
      energies.put(layer.name(), new double[layer.channels()][layer.coefficients()]);
    }
    Graph transformed = LimitedGraph.of(graph, new BandsFile(full));
    for (int from = 0; from < inputs.size(); from += BATCH) {
      listener.stage(STAGE, from, inputs.size());
      for (List<Numbers> read : traces(transformed, layers, from)) {
        for (int i = 0; i < layers.size(); i++) {
          add(read.get(i), energies.get(layers.get(i).name()));
        }
      }
    }
    listener.stage(STAGE, inputs.size(), inputs.size());
    return energies;
  }

  /** What each of {@code layers} reads, for each input of the batch that begins at {@code from}. */
  private List<List<Numbers>> traces(Graph transformed, List<SearchedLayer> layers, int from) {
    List<Map<String, Tensor>> batch = inputs.subList(from, Math.min(from + BATCH, inputs.size()));
    return batch.parallelStream().map(input -> coefficients(Interpreter.trace(transformed, input), layers)).toList();
  }

  private static List<Numbers> coefficients(Map<String, Numbers> values, List<SearchedLayer> layers) {
    List<Numbers> read = new ArrayList<>();
    for (SearchedLayer layer : layers) {
      read.add(values.get(LimitedGraph.coefficients(layer.node())));
    }
    return read;
  }

  private static void add(Numbers coefficients, double[][] energy) {
    double[] values = coefficients.values();
    int size = energy[0].length;
    int plane = values.length / energy.length;
    for (int i = 0; i < values.length; i++) {
      energy[i / plane][i % size] += values[i] * values[i];
    }
  }
}
