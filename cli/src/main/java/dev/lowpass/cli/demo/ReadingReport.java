package dev.lowpass.cli.demo;

import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.LatencyTable;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.Table;
import dev.lowpass.cli.report.Terminal;
import java.util.List;

/** What recognisers read, as a user sees it. */
public record ReadingReport(ReadingResult result) {
  /** How many lines are shown with what each engine made of them. */
  private static final int SHOWN = 6;

  /** A table, some lines as they were read, and what is retained. */
  public void print(Terminal terminal) {
    int lines = result.lines().size();
    terminal.line("What does a line of text say? PP-OCR's recogniser on drawn lines.");
    terminal.line("%d lines; latency of one line with one thread, interleaved.".formatted(lines));
    terminal.line("");
    Table table = new Table("", "characters", "lines", "as ONNX Runtime", "latency", "p10", "p90", "ratio");
    for (ReadingResult.Contestant contestant : result.contestants()) {
      table.row(
          LatencyTable.cells(
              contestant.latency(),
              result.peer().latency(),
              contestant.name(),
              Quantity.percent(result.characters(contestant)),
              Quantity.percent(result.right(contestant) / (double) lines),
              Quantity.percent(result.agreeing(contestant) / (double) lines)));
    }
    table.print(terminal);
    terminal.line("");
    Table texts = new Table("drawn", "dense", "low-passed");
    List<ReadingResult.Contestant> contestants = result.contestants();
    for (int i = 0; i < Math.min(SHOWN, lines); i++) {
      texts.row(result.lines().get(i).text(), contestants.get(1).texts().get(i), contestants.getLast().texts().get(i));
    }
    texts.print(terminal);
    terminal.line("");
    terminal.line("low-passed: " + result.retained().toText());
  }

  /** One object. */
  public Json toJson() {
    double lines = result.lines().size();
    List<Json> contestants =
        result.contestants().stream()
            .map(
                contestant ->
                    new Json()
                        .with("name", contestant.name())
                        .with("characters", result.characters(contestant))
                        .with("accuracy", result.right(contestant) / lines)
                        .with("agreement", result.agreeing(contestant) / lines)
                        .with("medianMilliseconds", contestant.latency().median())
                        .with("ratio", contestant.latency().ratioTo(result.peer().latency()))
                        .with("texts", contestant.texts()))
            .toList();
    return new Json()
        .with("lines", result.lines().stream().map(DrawnLine::text).toList())
        .with("contestants", contestants)
        .with("pointwise", result.retained().toJson());
  }
}
