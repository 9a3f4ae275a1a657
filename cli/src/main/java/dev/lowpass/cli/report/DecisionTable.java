package dev.lowpass.cli.report;

import dev.lowpass.passes.pass.Report;
import java.util.List;

/** What became of each pointwise layer, as a table and as JSON. */
public record DecisionTable(List<Report.Decision> decisions) {
  public static DecisionTable of(List<Report.Decision> decisions) {
    return new DecisionTable(decisions);
  }

  public void print(Terminal terminal) {
    if (decisions.isEmpty()) {
      return;
    }
    Table table = new Table("layer", "decision", "retained", "executed", "dense", "low-passed", "reason");
    for (Report.Decision decision : decisions) {
      table.row(
          decision.layer(),
          decision.form(),
          Quantity.percent(decision.retained()),
          Quantity.percent(decision.executed()),
          Quantity.microseconds(decision.predictedDense()),
          Quantity.microseconds(decision.predictedLowpassed()),
          decision.reason());
    }
    table.print(terminal);
  }

  public List<Json> toJson() {
    return decisions.stream().map(DecisionTable::toJson).toList();
  }

  private static Json toJson(Report.Decision decision) {
    return new Json()
        .with("layer", decision.layer())
        .with("form", decision.form())
        .with("multiplyAdds", decision.multiplyAdds())
        .with("retained", decision.retained())
        .with("executed", decision.executed())
        .with("predictedDenseMicroseconds", decision.predictedDense())
        .with("predictedLowpassedMicroseconds", decision.predictedLowpassed())
        .with("reason", decision.reason());
  }
}
