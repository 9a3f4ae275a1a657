package dev.lowpass.cli.page;

import dev.lowpass.cli.profile.MeasuredSteps;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.cli.report.SizeText;
import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.passes.pass.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    LayersSection layers = LayersSection.of(id("layers"), "l" + index + "n", report.layers(), bands);
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
    Report.Prediction predicted = report.prediction();
    tiles.add(
        Html.tile(
            "predicted",
            Quantity.microseconds(predicted.chosen()),
            "dense " + Quantity.microseconds(predicted.dense())));
    measured
        .map(times -> Quantity.microseconds(times.profile().microseconds()))
        .ifPresent(time -> tiles.add(Html.tile("measured", time, "all steps, one call each")));
    tiles.add(
        Html.tile(
            "layers low-passed", lowpassed + " of " + report.layers().size(), "the others cost less as they are"));
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
    String parameters = Quantity.bytes(text.size().memory().parameterBytes());
    tiles.add(Html.tile("parameters", parameters, text.size().steps().size() + " steps"));
    String lead = "%s. Predicted for %s.".formatted(Html.code(text.inputs()), Html.escaped(predicted.machine()));
    String title = named ? "Size " + (index + 1) : "Overview";
    return new Section(id("overview"), title, lead, Html.tiles(tiles) + remarks(report));
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
    String lead =
        "The kernels of an inference, in order, with the values that run between them; frequency data is blue.";
    String title = text.size().steps().size() + " steps";
    List<Row> rows = StepRows.of(text.size().steps(), report, layers, measured).rows();
    return new GraphSection(id("steps"), title, lead, prefix(), rows).section();
  }
}
