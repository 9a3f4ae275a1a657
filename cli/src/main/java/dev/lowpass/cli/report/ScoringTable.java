package dev.lowpass.cli.report;

import dev.lowpass.cli.score.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How well models answer, side by side; a column for all that is known of at least one.
 *
 * @param reference the name of the model that the others are compared with
 */
public record ScoringTable(List<Scoring> scorings, String reference) {
  private record Column(String title, Function<Scoring, String> cell) {
    boolean isEmpty(List<Scoring> scorings) {
      return scorings.stream().allMatch(scoring -> cell.apply(scoring).equals(NONE));
    }
  }

  private static final String NONE = "-";

  public void print(Terminal terminal) {
    List<Column> columns = columns().stream().filter(column -> !column.isEmpty(scorings)).toList();
    Table table = new Table(columns.stream().map(Column::title).toArray(String[]::new));
    for (Scoring scoring : scorings) {
      table.row(columns.stream().map(column -> column.cell().apply(scoring)).toArray(String[]::new));
    }
    table.print(terminal);
    if (scorings.size() > 1) {
      int pictures = scorings.getFirst().pictures();
      terminal.line(terminal.faint("%d pictures; compared with %s".formatted(pictures, reference)));
    }
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("model", Scoring::name));
    columns.add(new Column("top-1", s -> s.accuracy().map(a -> Quantity.percent(a.top1())).orElse(NONE)));
    columns.add(new Column("top-5", s -> s.accuracy().map(a -> Quantity.percent(a.top5())).orElse(NONE)));
    columns.add(new Column("right", s -> s.accuracy().map(a -> a.first() + " of " + a.pictures()).orElse(NONE)));
    columns.add(new Column("points lost", s -> s.pointsLost().map(Quantity::points).orElse(NONE)));
    columns.add(
        new Column("agreement", s -> s.agreement().isPresent() ? Quantity.percent(s.agreement().getAsDouble()) : NONE));
    columns.add(
        new Column("KL", s -> s.divergence().isPresent() ? format("%.4f", s.divergence().getAsDouble()) : NONE));
    List<String> outputs =
        scorings.stream().flatMap(s -> s.outputs().stream()).map(Scoring.OutputError::output).distinct().toList();
    for (String output : outputs) {
      columns.add(new Column("error of " + output, s -> error(s, output)));
    }
    return columns;
  }

  private static String error(Scoring scoring, String output) {
    return scoring.outputs().stream()
        .filter(error -> error.output().equals(output))
        .findFirst()
        .map(error -> format("%.2e", error.relative()))
        .orElse(NONE);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }

  public Json toJson() {
    return new Json()
        .with("pictures", scorings.getFirst().pictures())
        .with("reference", reference)
        .with("models", scorings.stream().map(ScoringTable::toJson).toList());
  }

  /** One model; what is not known is left out. */
  public static Json toJson(Scoring scoring) {
    Json json = new Json().with("name", scoring.name());
    scoring.accuracy().ifPresent(accuracy -> json.with("top1", accuracy.top1()).with("top5", accuracy.top5()));
    scoring
        .pointsLost()
        .ifPresent(lost -> json.with("pointsLost", lost.points()).with("pointsLostError", lost.error()));
    scoring.agreement().ifPresent(agreement -> json.with("agreement", agreement));
    scoring.divergence().ifPresent(divergence -> json.with("divergence", divergence));
    if (!scoring.outputs().isEmpty()) {
      json.with(
          "outputs",
          scoring.outputs().stream()
              .map(error -> new Json().with("name", error.output()).with("relativeError", error.relative()))
              .toList());
    }
    return json;
  }
}
