package dev.lowpass.cli.report;

import dev.lowpass.runtime.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the time of one model goes, the longest step first; with several workers also how evenly each is shared. */
public record ProfileText(String label, Profile profile) {
  public void print(Terminal terminal) {
    terminal.line("");
    terminal.line(label + ": " + Quantity.microseconds(profile.microseconds()) + " in all steps, one call each");
    if (profile.hasShares()) {
      terminal.line("uneven shares cost " + Quantity.microseconds(profile.lost()) + " of them");
    }
    List<String> columns = new ArrayList<>(List.of("step", "time", "part"));
    if (profile.hasShares()) {
      columns.add("imbalance");
    }
    Table table = new Table(columns.toArray(String[]::new));
    profile.steps().stream()
        .sorted(Comparator.comparingDouble(Profile.Step::microseconds).reversed())
        .forEach(step -> table.row(cells(step).toArray(String[]::new)));
    table.print(terminal);
  }

  private List<String> cells(Profile.Step step) {
    List<String> cells = new ArrayList<>();
    cells.add(step.name());
    cells.add(Quantity.microseconds(step.microseconds()));
    cells.add(Quantity.percent(step.microseconds() / profile.microseconds()));
    if (profile.hasShares()) {
      cells.add(Quantity.ratio(step.imbalance()));
    }
    return cells;
  }

  /** The steps in the order in which they run. */
  public Json toJson() {
    return new Json().with("name", label).with("steps", profile.steps().stream().map(ProfileText::toJson).toList());
  }

  private static Json toJson(Profile.Step step) {
    Json json = new Json().with("step", step.name()).with("microseconds", step.microseconds());
    return step.shares().isEmpty()
        ? json
        : json.with("shareMicroseconds", step.shares()).with("imbalance", step.imbalance());
  }
}
