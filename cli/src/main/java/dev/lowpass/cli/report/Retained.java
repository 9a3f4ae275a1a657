package dev.lowpass.cli.report;

import dev.lowpass.passes.pass.Report;
import java.util.List;

/**
 * How much of the pointwise multiply-adds is left.
 *
 * @param multiplyAdds of all pointwise layers, dense
 * @param byBands the part that the bands keep, 0 to 1, before the cost model had its say
 * @param executed the part that the compiled model performs
 */
public record Retained(long multiplyAdds, double byBands, double executed) {
  /** Over the layers of {@code decisions}; of none, everything is retained. */
  public static Retained of(List<Report.Decision> decisions) {
    long all = 0;
    double kept = 0;
    double executed = 0;
    for (Report.Decision decision : decisions) {
      all += decision.multiplyAdds();
      kept += decision.retained() * decision.multiplyAdds();
      executed += decision.executed() * decision.multiplyAdds();
    }
    return all == 0 ? new Retained(0, 1, 1) : new Retained(all, kept / all, executed / all);
  }

  /** One line. */
  public String toText() {
    return "pointwise multiply-adds: %.2f million; bands retain %.3f, cost decision and compaction execute %.3f"
        .formatted(multiplyAdds / 1e6, byBands, executed);
  }

  /** The same as members of an object. */
  public Json toJson() {
    return new Json().with("multiplyAdds", multiplyAdds).with("retained", byBands).with("executed", executed);
  }
}
