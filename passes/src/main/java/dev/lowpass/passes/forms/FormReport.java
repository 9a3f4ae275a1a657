package dev.lowpass.passes.forms;

import dev.lowpass.passes.frequency.PointwiseLayer;
import dev.lowpass.passes.pass.Report;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@link ChooseForms} tells: a decision with its reason for every layer, and what bands retain before and after.
 */
record FormReport(
    ChooseForms.Options options, List<PointwiseLayer> layers, FormCosts costs, FormSearch search, Set<String> chosen) {

  void write(Report report) {
    layers.forEach(layer -> report.decide(decision(layer)));
    if (layers.stream().anyMatch(layer -> layer.limit().isPresent())) {
      report.remark(
          String.format(
              Locale.ROOT,
              "bands retain %.2f of the pointwise multiply-adds; %.2f after the cost decision",
              retained(false),
              retained(true)));
    }
  }

  /** The retained part of all multiply-adds; of what was chosen, or of all layers that have bands. */
  private double retained(boolean ofChosen) {
    double kept = 0;
    double all = 0;
    for (PointwiseLayer layer : layers) {
      double work = layer.product().multiplyAdds();
      all += work;
      kept += work * (ofChosen && !isChosen(layer) ? 1 : layer.retained());
    }
    return all == 0 ? 1 : kept / all;
  }

  private boolean isChosen(PointwiseLayer layer) {
    return chosen.contains(layer.node().name());
  }

  private Report.Decision decision(PointwiseLayer layer) {
    double dense = costs.dense(layer);
    double lowpassed = layer.limit().isEmpty() ? Double.NaN : dense + difference(layer);
    return new Report.Decision(
        layer.name(),
        form(layer),
        layer.product().multiplyAdds(),
        layer.retained(),
        isChosen(layer) ? layer.retained() : 1,
        dense,
        lowpassed,
        reason(layer, dense, lowpassed));
  }

  /**
   * What the whole network takes longer if this layer alone goes from dense to low-passed, the others being as chosen.
   */
  private double difference(PointwiseLayer layer) {
    String name = layer.node().name();
    return costs.of(FormSearch.with(chosen, name, true)) - costs.of(FormSearch.with(chosen, name, false));
  }

  /** The form of the layer's block as this layer sees it; a layer without a block around it is its own two sides. */
  private String form(PointwiseLayer layer) {
    if (!isChosen(layer)) {
      return "dense";
    }
    return search.expansionOf(layer.node().name()).map(chosen::contains).orElse(true) ? "both" : "project";
  }

  private String reason(PointwiseLayer layer, double dense, double lowpassed) {
    if (layer.limit().isEmpty()) {
      return "no bands";
    }
    boolean close = options.mode() == ChooseForms.Mode.AUTO && !isChosen(layer) && lowpassed < dense;
    String faster = close ? "too close to call" : lowpassed < dense ? "low-passed is faster" : "dense is faster";
    String form = "%s: predicted %.0f us dense, %.0f us low-passed with its transforms";
    String predicted = String.format(Locale.ROOT, form, faster, dense, lowpassed);
    return switch (options.mode()) {
      case ALL -> predicted + "; mode all keeps it";
      case NONE -> predicted + "; mode none drops it";
      case AUTO -> predicted;
    };
  }
}
