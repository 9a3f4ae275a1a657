package dev.lowpass.cli.page;

import dev.lowpass.cli.profile.MeasuredSteps;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.cli.report.SizeText;
import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.artifact.PlanSummary;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What there is to see of one of an artifact's sizes.
 *
 * @param measured its steps' times, if they are known
 * @param index among the sizes
 * @param named whether there are others
 */
record SizeSections(SizeText text, Optional<MeasuredSteps> measured, int index, boolean named) {
  List<Section> sections() {
    CompilationReport report = text.report();
    List<String> steps = text.size().steps();
    SequencedMap<String, BandLimit> bands = bands(report);
    LayersSection layers = new LayersSection(id("layers"), "l" + index + "n", report.layers(), bands);
    List<Section> sections = new ArrayList<>();
    sections.add(overview(report));
    sections.addAll(layers.sections());
    sections.addAll(new BandsSection(id("bands"), bands, layers::anchor).sections());
    sections.add(steps(report, layers));
    sections.add(
        new MemorySection(id("memory"), text.size().memory(), steps, report.plan().values(), prefix()).section());
    measured.ifPresent(
        times -> sections.add(new TimesSection(id("times"), times.label(), times.profile(), prefix()).section()));
    return sections;
  }

  private String id(String section) {
    return section + "-" + index;
  }

  private String prefix() {
    return "s" + index + "n";
  }

  private SequencedMap<String, BandLimit> bands(CompilationReport report) {
    return report.bands().isEmpty()
        ? new LinkedHashMap<>()
        : BandsFile.parse(report.bands(), text.place() + " (bands)").layers();
  }

  private Section overview(CompilationReport report) {
    Retained retained = Retained.of(report.layers());
    long lowpassed = report.layers().stream().filter(layer -> !layer.form().equals("dense")).count();
    List<String> tiles = new ArrayList<>();
    tiles.add(Html.tile("predicted", Quantity.microseconds(report.prediction().chosen()), "dense " + Quantity.microseconds(report.prediction().dense())));
    measured.ifPresent(
        times ->
            tiles.add(Html.tile("measured", Quantity.microseconds(times.profile().microseconds()), "all steps, one call each")));
    tiles.add(
        Html.tile("layers low-passed", lowpassed + " of " + report.layers().size(), "the others cost less as they are"));
    tiles.add(
        Html.tile(
            "multiply-adds executed",
            Quantity.percent(retained.executed()),
            "of " + Quantity.count(retained.multiplyAdds()) + "; bands keep " + Quantity.percent(retained.byBands())));
    tiles.add(
        Html.tile(
            "scratch",
            Quantity.bytes(text.size().memory().scratchBytes()),
            "at least " + Quantity.bytes(report.largestLiveBytes()) + " are alive at once"));
    tiles.add(Html.tile("parameters", Quantity.bytes(text.size().memory().parameterBytes()), text.size().steps().size() + " steps"));
    String lead = "%s. Predicted for %s.".formatted(Html.code(text.inputs()), Html.escaped(report.prediction().machine()));
    String body = Html.tiles(tiles) + remarks(report);
    return new Section(id("overview"), named ? "Size " + (index + 1) : "Overview", lead, body);
  }

  private static String remarks(CompilationReport report) {
    if (report.remarks().isEmpty()) {
      return "";
    }
    List<String> lines = report.remarks().stream().map(line -> "<li>" + Html.escaped(line) + "</li>").toList();
    return "\n<details class=\"more\"><summary>%d remarks of the compiler</summary><ul>%s</ul></details>"
        .formatted(lines.size(), String.join("", lines));
  }

  private Section steps(CompilationReport report, LayersSection layers) {
    List<Row> rows = new ArrayList<>();
    Map<String, Integer> madeBy = new LinkedHashMap<>();
    PlanSummary plan = report.plan();
    List<String> names = text.size().steps();
    boolean known = plan.steps().size() == names.size();
    for (int i = 0; i < names.size(); i++) {
      rows.add(known ? row(i, plan, madeBy, report, layers) : row(i, layers));
      if (known) {
        madeBy.put(plan.steps().get(i).writes(), i);
      }
    }
    String lead = "The kernels of an inference, in order, with the values that run between them; frequency data is blue.";
    return new GraphSection(id("steps"), names.size() + " steps", lead, prefix(), rows).section();
  }

  /** Where the artifact names its steps and says no more. */
  private Row row(int step, LayersSection layers) {
    String name = text.size().steps().get(step);
    return new Row(title(name), kind(name), "", false, List.of(), time(step), layerFacts(title(name), layers));
  }

  private Row row(int step, PlanSummary plan, Map<String, Integer> madeBy, CompilationReport report, LayersSection layers) {
    PlanSummary.StepLine line = plan.steps().get(step);
    String title = title(text.size().steps().get(step));
    List<String> facts = layerFacts(title, layers);
    if (line.multiplyAdds() > 0) {
      facts.add(Html.fact("multiply-adds", Quantity.count(line.multiplyAdds()) + rate(step, line.multiplyAdds())));
    }
    Optional<PlanSummary.PlacedValue> value = plan.values().stream().filter(one -> one.name().equals(line.writes())).findFirst();
    facts.add(Html.fact("writes", Html.code(line.writes()) + value.map(SizeSections::place).orElse("")));
    String label = title + " [" + line.kind() + "] " + line.shapes();
    report.choices().stream()
        .filter(choice -> choice.step().equals(label))
        .findFirst()
        .ifPresent(choice -> facts.add(choice(choice)));
    List<Integer> reads = line.reads().stream().filter(madeBy::containsKey).map(madeBy::get).distinct().toList();
    boolean frequency = value.map(PlanSummary.PlacedValue::coefficients).orElse(false);
    return new Row(title, line.kind(), line.shapes(), frequency, reads, time(step), facts);
  }

  private static String place(PlanSummary.PlacedValue value) {
    return ", %s at byte %d, alive until step %d"
        .formatted(Quantity.bytes(value.bytes()), value.offset(), value.last());
  }

  private static String choice(CompilationReport.StepChoice choice) {
    String other = choice.builtIn().map(builtIn -> "; built in: " + Html.code(builtIn)).orElse("");
    return Html.fact("chosen", Html.code(choice.choice()) + other);
  }

  private static List<String> layerFacts(String title, LayersSection layers) {
    List<String> facts = new ArrayList<>();
    for (String layer : title.split(" \\+ ", -1)) {
      layers.decision(layer).ifPresent(
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
        .map(times -> times.profile().steps().get(step).microseconds())
        .map(
            time ->
                Html.bar("", time / measured.orElseThrow().longest()) + " " + Quantity.microseconds(time))
        .orElse("");
  }

  private String rate(int step, long multiplyAdds) {
    return measured
        .map(times -> times.profile().steps().get(step).microseconds())
        .filter(time -> time > 0)
        .map(time -> ", %.1f thousand million a second".formatted(multiplyAdds / time / 1e3))
        .orElse("");
  }

  private static String title(String step) {
    int bracket = step.lastIndexOf(" [");
    return bracket < 0 ? step : step.substring(0, bracket);
  }

  private static String kind(String step) {
    int bracket = step.lastIndexOf(" [");
    return bracket < 0 ? "step" : step.substring(bracket + 2, step.length() - 1);
  }
}
