package dev.lowpass.cli.frontier;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.Table;
import dev.lowpass.cli.report.Terminal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** A frontier in the terminal. */
public record FrontierTable(Frontier frontier) {
  public void print(Terminal terminal) {
    terminal.line(frontier.measuredOn().toString());
    Table table =
        new Table(
            "name", "kind", "input", "measured", "predicted", "time", "top-1", "points lost", "agreement", "KL");
    for (FrontierPoint point : frontier.points()) {
      table.row(
          point.name(),
          point.kind().toString(),
          point.input(),
          cell(point.measuredRatio(), Quantity::ratio),
          cell(point.predictedRatio(), Quantity::ratio),
          cell(point.microseconds(), time -> Quantity.milliseconds(time / 1000)),
          cell(point.accuracy(), Quantity::percent),
          point.pointsLost().map(Quantity::points).orElse("-"),
          cell(point.agreement(), Quantity::percent),
          cell(point.divergence(), divergence -> String.format(Locale.ROOT, "%.4f", divergence)));
    }
    table.print(terminal);
  }

  private static String cell(OptionalDouble number, DoubleFunction<String> text) {
    return number.isPresent() ? text.apply(number.getAsDouble()) : "-";
  }
}
