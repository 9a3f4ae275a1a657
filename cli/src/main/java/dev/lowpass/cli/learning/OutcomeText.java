package dev.lowpass.cli.learning;

import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.frontier.FrontierTable;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.learn.Candidate;
import dev.lowpass.learn.judge.Score;
import java.nio.file.Path;

/** What {@code calibrate} and {@code learn} say at the end. */
public record OutcomeText(SourceNetwork network, Candidate candidate, Frontier frontier, Path written) {
  public void print(Terminal terminal) {
    LayerTable.of(network, candidate).print(terminal);
    terminal.line("");
    new FrontierTable(frontier).print(terminal);
    terminal.line("");
    terminal.line("held out: " + ScoreText.of(candidate.score(), network.classes() > 0));
    terminal.line(terminal.faint("prices: " + network.prices().source()));
    terminal.line(terminal.strong(written + ": compile it with 'lowpass compile'"));
  }

  public Json toJson() {
    Score score = candidate.score();
    boolean classifies = network.classes() > 0;
    return new Json()
        .with("model", written.toString())
        .with(
            "heldOut",
            new Json()
                .with("pictures", score.pictures())
                .with("loss", score.loss())
                .with("agreement", classifies ? score.agreement() : Double.NaN)
                .with("pointsLost", classifies ? score.pointsLost() : Double.NaN))
        .with("layers", LayerTable.of(network, candidate).toJson())
        .with("prices", network.prices().source())
        .with("frontier", FrontierFile.toJson(frontier));
  }
}
