package dev.lowpass.cli.learning;

import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.frontier.FrontierTable;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.learn.Candidate;
import java.nio.file.Path;

/** What {@code calibrate} and {@code learn} say at the end. */
public record OutcomeText(
    SourceNetwork network, Yardstick yardstick, Candidate candidate, Frontier frontier, Path written) {
  public void print(Terminal terminal) {
    LayerTable.of(network, candidate).print(terminal);
    terminal.line("");
    new FrontierTable(frontier).print(terminal);
    terminal.line("");
    terminal.line("held out: " + yardstick.text(candidate.score()));
    terminal.line(terminal.faint("prices: " + network.prices().source()));
    terminal.line(terminal.strong(written + ": compile it with 'lowpass compile'"));
  }

  public Json toJson() {
    return new Json()
        .with("model", written.toString())
        .with("heldOut", yardstick.toJson(candidate.score()))
        .with("layers", LayerTable.of(network, candidate).toJson())
        .with("prices", network.prices().source())
        .with("frontier", FrontierFile.toJson(frontier));
  }
}
