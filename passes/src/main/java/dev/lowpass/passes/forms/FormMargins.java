package dev.lowpass.passes.forms;

import dev.lowpass.passes.frequency.PointwiseLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What low-passed layers must save to be worth it, in microseconds by the names of their nodes: about twice the error
 * of a prediction. A layer that stays dense when it could have gained a little loses less than one that is slower than
 * dense.
 */
record FormMargins(Map<String, Double> microseconds) {
  private static final double PART_OF_DENSE = 0.08;

  static FormMargins of(List<PointwiseLayer> layers, FormCosts costs) {
    Map<String, Double> margins = new LinkedHashMap<>();
    layers.forEach(layer -> margins.put(layer.node().name(), PART_OF_DENSE * costs.dense(layer)));
    return new FormMargins(margins);
  }

  /** Of all layers of {@code lowpassed}. */
  double of(Set<String> lowpassed) {
    return lowpassed.stream().mapToDouble(microseconds::get).sum();
  }
}
