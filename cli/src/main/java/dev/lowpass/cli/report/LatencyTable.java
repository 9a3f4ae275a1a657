package dev.lowpass.cli.report;

import dev.lowpass.cli.bench.Latency;
import java.util.ArrayList;
import java.util.List;

/**
 * Latencies side by side.
 *
 * @param baseline index of the contestant to which ratios are
 */
public record LatencyTable(List<String> labels, List<Latency> latencies, int baseline) {
  public void print(Terminal terminal) {
    Table table = new Table("contestant", "median", "p10", "p90", "ratio to " + labels.get(baseline));
    for (int i = 0; i < labels.size(); i++) {
      Latency latency = latencies.get(i);
      table.row(
          labels.get(i),
          Quantity.milliseconds(latency.median()),
          Quantity.milliseconds(latency.quantile(0.1)),
          Quantity.milliseconds(latency.quantile(0.9)),
          Quantity.ratio(latency.ratioTo(latencies.get(baseline))));
    }
    table.print(terminal);
  }

  public List<Json> toJson() {
    List<Json> contestants = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Latency latency = latencies.get(i);
      contestants.add(
          new Json()
              .with("name", labels.get(i))
              .with("medianMilliseconds", latency.median())
              .with("p10Milliseconds", latency.quantile(0.1))
              .with("p90Milliseconds", latency.quantile(0.9))
              .with("ratio", latency.ratioTo(latencies.get(baseline))));
    }
    return contestants;
  }
}
