package dev.lowpass.cli.view;

import static dev.lowpass.cli.view.HtmlPage.escaped;

import dev.lowpass.cli.report.ManifestText;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.cli.report.SizeText;
import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An artifact as one HTML page: what it is, its memory, its steps, what was chosen for them, what became of layers. */
public record ArtifactHtml(ManifestText artifact) {
  /** The whole page. */
  public String text() {
    String name = artifact.manifest().model().name();
    List<String> parts = new ArrayList<>();
    parts.add("<h1>" + escaped(name) + "</h1>");
    parts.add(HtmlPage.table(List.of("what", ""), rows(artifact.facts())));
    List<SizeText> sizes = artifact.sizes();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.size() > 1) {
        parts.add("<h1>size " + (i + 1) + "</h1>");
        parts.add(HtmlPage.table(List.of("what", ""), rows(sizes.get(i).facts())));
      }
      parts.add(size(sizes.get(i)));
    }
    return HtmlPage.of(name, String.join("\n", parts));
  }

  private static String size(SizeText text) {
    Manifest.Size size = text.size();
    CompilationReport report = text.report();
    return String.join(
        "\n",
        "<h2>Memory</h2>",
        HtmlPage.table(List.of("arena", "bytes", "part"), memory(size.memory())),
        "<h2>" + size.steps().size() + " steps</h2>",
        HtmlPage.table(List.of("", "step"), steps(size.steps())),
        "<h2>Choices</h2>",
        choices(report.choices()),
        "<h2>Pointwise layers</h2>",
        layers(report.layers()));
  }

  private static List<String> rows(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> HtmlPage.row(escaped(fact.getKey()), HtmlPage.code(fact.getValue())))
        .toList();
  }

  private static List<String> memory(Manifest.Memory memory) {
    long all = memory.parameterBytes() + memory.scratchBytes() + memory.workerBytes();
    return List.of(
        arena("parameters", memory.parameterBytes(), all),
        arena("scratch that all workers share", memory.scratchBytes(), all),
        arena("scratch of each worker", memory.workerBytes(), all));
  }

  private static String arena(String name, long bytes, long all) {
    double part = bytes / (double) all;
    return HtmlPage.row(name, Quantity.bytes(bytes), HtmlPage.bar(part) + " " + Quantity.percent(part));
  }

  private static List<String> steps(List<String> steps) {
    return IntStream.range(0, steps.size())
        .mapToObj(i -> HtmlPage.row(String.valueOf(i), HtmlPage.code(steps.get(i))))
        .toList();
  }

  private static String choices(List<CompilationReport.StepChoice> choices) {
    if (choices.isEmpty()) {
      return "<p>No step leaves a choice.</p>";
    }
    return HtmlPage.table(
        List.of("step", "chosen", "built in"),
        choices.stream()
            .map(
                choice ->
                    HtmlPage.row(
                        HtmlPage.code(choice.step()),
                        HtmlPage.code(choice.choice()),
                        choice.builtIn().map(HtmlPage::code).orElse("the same")))
            .toList());
  }

  private static String layers(List<Report.Decision> decisions) {
    if (decisions.isEmpty()) {
      return "<p>No layer has bands.</p>";
    }
    return HtmlPage.table(
        List.of("layer", "decision", "retained", "executed", "dense", "low-passed", "reason"),
        decisions.stream()
            .map(
                decision ->
                    HtmlPage.row(
                        escaped(decision.layer()),
                        escaped(decision.form()),
                        HtmlPage.bar(decision.retained()) + " " + Quantity.percent(decision.retained()),
                        Quantity.percent(decision.executed()),
                        Quantity.microseconds(decision.predictedDense()),
                        Quantity.microseconds(decision.predictedLowpassed()),
                        escaped(decision.reason())))
            .toList());
  }
}
