package dev.lowpass.cli.report;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an artifact says about one of its sizes, for people and programs.
 *
 * @param place the artifact, for messages
 */
public record SizeText(String place, Manifest.Size size) {
  /** What tells it from other sizes. */
  public String inputs() {
    return SpecText.of(size.inputs());
  }

  /**
   * What its compiler reports.
   *
   * @throws LowpassException as {@link CompilationReport#of}
   */
  public CompilationReport report() {
    return CompilationReport.of(place, size);
  }

  /** Names and values, in the order in which to read them. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("inputs", inputs());
    facts.put("outputs", SpecText.of(size.outputs()));
    facts.put("parameters", Quantity.bytes(size.memory().parameterBytes()));
    facts.put("scratch", Quantity.bytes(size.memory().scratchBytes()));
    facts.put("a worker", Quantity.bytes(size.memory().workerBytes()));
    return facts;
  }

  /** Its steps, and what was decided about them. */
  void printSteps(Terminal terminal) {
    terminal.line("");
    terminal.line(terminal.strong(size.steps().size() + " steps"));
    for (int i = 0; i < size.steps().size(); i++) {
      terminal.line("%4d  %s".formatted(i, size.steps().get(i)));
    }
    CompilationReport report = report();
    List<ChoiceText> choices = report.choices().stream().map(ChoiceText::new).filter(ChoiceText::isOther).toList();
    if (!choices.isEmpty()) {
      terminal.line("");
      terminal.line(terminal.strong("chosen otherwise than built in"));
      choices.forEach(choice -> terminal.line("      " + choice));
    }
    if (!report.layers().isEmpty()) {
      terminal.line("");
      DecisionTable.of(report.layers()).print(terminal);
      terminal.line(Retained.of(report.layers()).toText());
    }
  }

  /** Adds what it takes, gives and needs. */
  Json addTo(Json json) {
    return json.with("inputs", size.inputs().stream().map(SpecText::toJson).toList())
        .with("outputs", size.outputs().stream().map(SpecText::toJson).toList())
        .with("parameterBytes", size.memory().parameterBytes())
        .with("scratchBytes", size.memory().scratchBytes())
        .with("workerScratchBytes", size.memory().workerBytes());
  }

  /** Adds what there is to do, and why. */
  Json addStepsTo(Json json) {
    Json reported = new Json();
    size.report().forEach(reported::with);
    return json.with("steps", size.steps()).with("report", reported);
  }
}
