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
      table.row(cells(latencies.get(i), latencies.get(baseline), labels.get(i)));
    }
    table.print(terminal);
  }

  /** {@code before}, and then how long a contestant took: median, p10, p90, and the ratio to {@code baseline}. */
  public static String[] cells(Latency latency, Latency baseline, String... before) {
    List<String> cells = new ArrayList<>(List.of(before));
    cells.add(Quantity.milliseconds(latency.median()));
    cells.add(Quantity.milliseconds(latency.quantile(0.1)));
    cells.add(Quantity.milliseconds(latency.quantile(0.9)));
    cells.add(Quantity.ratio(latency.ratioTo(baseline)));
    return cells.toArray(String[]::new);
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
