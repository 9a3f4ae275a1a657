package dev.lowpass.cli.page;

import dev.lowpass.cli.profile.MeasuredSteps;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.artifact.PlanSummary.PlacedValue;
import dev.lowpass.codegen.artifact.PlanSummary.StepLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of one size as rows.
 *
 * @param names as the manifest has them: layers, and the kind in brackets
 * @param lines what each does, in the same order; none where the artifact does not say
 * @param values in the arena, by name
 * @param choices of steps, by name, kind and shapes
 * @param measured their times, if they are known
 */
record StepRows(
    List<String> names,
    List<StepLine> lines,
    Map<String, PlacedValue> values,
    Map<String, CompilationReport.StepChoice> choices,
    LayersSection layers,
    Optional<MeasuredSteps> measured) {

  static StepRows of(
      List<String> names, CompilationReport report, LayersSection layers, Optional<MeasuredSteps> measured) {
    Map<String, PlacedValue> values = new LinkedHashMap<>();
    report.plan().values().forEach(value -> values.putIfAbsent(value.name(), value));
    Map<String, CompilationReport.StepChoice> choices = new LinkedHashMap<>();
    report.choices().forEach(choice -> choices.putIfAbsent(choice.step(), choice));
    List<StepLine> lines = report.plan().steps();
    return new StepRows(names, lines.size() == names.size() ? lines : List.of(), values, choices, layers, measured);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Map<String, Integer> madeBy = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (lines.isEmpty()) {
        rows.add(named(i));
      } else {
        rows.add(described(i, madeBy));
        madeBy.put(lines.get(i).writes(), i);
      }
    }
    return rows;
  }

  /** Where the artifact names its steps and says no more. */
  private Row named(int step) {
    String name = names.get(step);
    int bracket = name.lastIndexOf(" [");
    String kind = bracket < 0 ? "step" : name.substring(bracket + 2).replaceFirst("]$", "");
    return new Row(title(step), kind, "", false, List.of(), time(step), layerFacts(title(step)));
  }

  private Row described(int step, Map<String, Integer> madeBy) {
    StepLine line = lines.get(step);
    List<String> facts = layerFacts(title(step));
    if (line.multiplyAdds() > 0) {
      facts.add(Html.fact("multiply-adds", Quantity.count(line.multiplyAdds()) + rate(step, line.multiplyAdds())));
    }
    Optional<PlacedValue> value = Optional.ofNullable(values.get(line.writes()));
    facts.add(Html.fact("writes", Html.code(line.writes()) + value.map(StepRows::place).orElse("")));
    Optional.ofNullable(choices.get(title(step) + " [" + line.kind() + "] " + line.shapes()))
        .ifPresent(choice -> facts.add(choice(choice)));
    return new Row(
        title(step),
        line.kind(),
        line.shapes(),
        value.map(PlacedValue::coefficients).orElse(false),
        line.reads().stream().filter(madeBy::containsKey).map(madeBy::get).distinct().toList(),
        time(step),
        facts);
  }

  private String title(int step) {
    String name = names.get(step);
    int bracket = name.lastIndexOf(" [");
    return bracket < 0 ? name : name.substring(0, bracket);
  }

  private static String place(PlacedValue value) {
    return ", %s at byte %d, alive until step %d"
        .formatted(Quantity.bytes(value.bytes()), value.offset(), value.last());
  }

  private static String choice(CompilationReport.StepChoice choice) {
    String other = choice.builtIn().map(builtIn -> "; built in: " + Html.code(builtIn)).orElse("");
    return Html.fact("chosen", Html.code(choice.choice()) + other);
  }

  /** What was decided about the layers that a step stands for. */
  private List<String> layerFacts(String title) {
    List<String> facts = new ArrayList<>();
    for (String layer : title.split(" \\+ ", -1)) {
      layers
          .decision(layer)
          .ifPresent(
              decision ->
                  facts.add(
                      Html.fact(
                          decision.form().equals("dense") ? "dense" : "low-passed",
                          Html.link(layers.anchor(layer), layer) + " " + Html.escaped(decision.reason()))));
    }
    return facts;
  }

  private String time(int step) {
    return measured
        .map(times -> Html.bar("", microseconds(times, step) / times.longest()) + " " + words(times, step))
        .orElse("");
  }

  private static String words(MeasuredSteps times, int step) {
    return Quantity.microseconds(microseconds(times, step));
  }

  private static double microseconds(MeasuredSteps times, int step) {
    return times.profile().steps().get(step).microseconds();
  }

  private String rate(int step, long multiplyAdds) {
    return measured
        .map(times -> microseconds(times, step))
        .filter(time -> time > 0)
        .map(time -> String.format(Locale.ROOT, ", %.1f thousand million a second", multiplyAdds / time / 1e3))
        .orElse("");
  }
}
