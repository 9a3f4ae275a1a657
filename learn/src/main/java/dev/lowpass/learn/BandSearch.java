package dev.lowpass.learn;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what each channel of each pointwise layer keeps, without training, from a few calibration inputs.
 *
 * <ol>
 *   <li>Energy: the mean square of every coefficient that a layer reads, times the squared weights that it meets, is
 *       what the layer's output loses if it is dropped (Parseval; coefficients are taken as independent).
 *   <li>Weight: each layer alone is cut by a known part of that energy, and the loss of the network's outputs is
 *       measured.
 *   <li>Choice: the thresholds that minimise weighted loss plus a price times multiply-adds; the price is found by
 *       bisection so that the wanted part of the multiply-adds remains.
 * </ol>
 *
 * <p>As deterministic as its evaluator.
 */
public final class BandSearch {
  /** How much of a layer's output energy is dropped to see what the network's outputs make of it. */
  private static final double PROBE = 0.05;

  private final Calibration calibration;
  private final List<SearchedLayer> layers;
  private final CandidateEvaluator evaluator;
  private final SearchListener listener;

  /**
   * A search that measures energies on {@code inputs}.
   *
   * @param graph canonical and spatial
   * @param evaluator of the same network
   * @throws LowpassException as {@link SearchScope#layersOf}, LP6004 without inputs
   */
  public BandSearch(
      Graph graph,
      SearchScope scope,
      List<Map<String, Tensor>> inputs,
      CandidateEvaluator evaluator,
      SearchListener listener) {
    this.calibration = new Calibration(graph, inputs);
    this.layers = scope.layersOf(graph);
    this.evaluator = evaluator;
    this.listener = listener;
  }

  /**
   * Bands that keep the part {@code retained} (0 to 1) of the multiply-adds of all searched layers.
   *
   * @throws LowpassException LP6003 for a part that is none
   */
  public BandsFile find(double retained) {
    return losses().keeping(retained);
  }

  /** The measured part of the search, from which any number of choices can be made. */
  public BandChoice losses() {
    Map<String, double[][]> energies = calibration.energies(layers, listener);
    List<LayerLoss> losses = new ArrayList<>();
    for (SearchedLayer layer : layers) {
      listener.stage("probe layers", losses.size(), layers.size());
      losses.add(weighted(LayerLoss.of(layer, energies.get(layer.name()))));
    }
    listener.stage("probe layers", layers.size(), layers.size());
    return new BandChoice(losses);
  }

  private LayerLoss weighted(LayerLoss loss) {
    // The cheapest thresholds that drop at least the probe's part of the energy.
    List<Integer> keep = loss.cheapest(Price.least(price -> loss.droppedBy(loss.cheapest(price)) >= PROBE));
    SearchedLayer layer = loss.layer();
    BandsFile alone = new BandsFile(new LinkedHashMap<>(Map.of(layer.name(), layer.limit(keep))));
    return loss.observed(keep, evaluator.loss(alone));
  }
}
