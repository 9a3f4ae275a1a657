package dev.lowpass.cli.report;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an artifact says about itself, for people and programs.
 *
 * @param place the artifact, for messages
 */
public record ManifestText(String place, Manifest manifest) {
  public void print(Terminal terminal, boolean json) {
    if (json) {
      terminal.line(toJson().toString());
      return;
    }
    facts().forEach((name, value) -> terminal.line("%-12s %s".formatted(name, value)));
    terminal.line("");
    terminal.line(terminal.strong(manifest.steps().size() + " steps"));
    for (int i = 0; i < manifest.steps().size(); i++) {
      terminal.line("%4d  %s".formatted(i, manifest.steps().get(i)));
    }
    CompilationReport report = CompilationReport.of(place, manifest);
    List<String> choices = choices(report);
    if (!choices.isEmpty()) {
      terminal.line("");
      terminal.line(terminal.strong("chosen otherwise than built in"));
      choices.forEach(terminal::line);
    }
    if (!report.layers().isEmpty()) {
      terminal.line("");
      DecisionTable.of(report.layers()).print(terminal);
      terminal.line(Retained.of(report.layers()).toText());
    }
  }

  /** Choices that a search or another artifact made. */
  private static List<String> choices(CompilationReport report) {
    List<String> lines = new ArrayList<>();
    for (CompilationReport.StepChoice each : report.choices()) {
      each.builtIn().map(builtIn -> differences(each.choice(), builtIn))
          .ifPresent(differences -> lines.add("      %s: %s".formatted(each.step(), differences)));
    }
    return lines;
  }

  /** {@code rows=9 (14)} for each setting, with the built-in one where it differs. */
  private static String differences(String choice, String other) {
    List<String> chosen = List.of(choice.split(" "));
    List<String> builtIn = List.of(other.split(" "));
    return chosen.stream()
        .filter(setting -> !builtIn.contains(setting))
        .map(setting -> setting + instead(builtIn, setting))
        .collect(Collectors.joining(" "));
  }

  private static String instead(List<String> builtIn, String setting) {
    return builtIn.stream().filter(sameKnob(setting)).findFirst().map(ManifestText::inBrackets).orElse("");
  }

  private static Predicate<String> sameKnob(String setting) {
    return other -> other.startsWith(setting.substring(0, setting.indexOf('=') + 1));
  }

  private static String inBrackets(String setting) {
    return " (" + setting.substring(setting.indexOf('=') + 1) + ")";
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", manifest.model().name());
    facts.put("compiler", manifest.build().compiler());
    Manifest.Target target = manifest.target();
    facts.put("target", "%s (%s, %s)".formatted(target.name(), target.platform(), target.device()));
    List<String> features = manifest.target().features();
    facts.put("needs", features.isEmpty() ? "no processor feature" : String.join(" ", features));
    facts.put("inputs", text(manifest.model().inputs()));
    facts.put("outputs", text(manifest.model().outputs()));
    facts.put("parameters", Quantity.bytes(manifest.memory().parameterBytes()));
    facts.put("scratch", Quantity.bytes(manifest.memory().scratchBytes()));
    facts.put("a worker", Quantity.bytes(manifest.memory().workerBytes()));
    facts.put("model", "SHA-256 " + manifest.model().sha256());
    manifest.build().options().forEach(facts::putIfAbsent);
    return facts;
  }

  private static String text(List<TensorSpec> specs) {
    return specs.stream().map(TensorSpec::toString).collect(Collectors.joining(", "));
  }

  private Json report() {
    Json json = new Json();
    manifest.report().forEach(json::with);
    return json;
  }

  private Json toJson() {
    return new Json()
        .with("name", manifest.model().name())
        .with("compiler", manifest.build().compiler())
        .with("target", manifest.target().name())
        .with("platform", manifest.target().platform())
        .with("device", manifest.target().device())
        .with("features", manifest.target().features())
        .with("inputs", manifest.model().inputs().stream().map(ManifestText::toJson).toList())
        .with("outputs", manifest.model().outputs().stream().map(ManifestText::toJson).toList())
        .with("parameterBytes", manifest.memory().parameterBytes())
        .with("scratchBytes", manifest.memory().scratchBytes())
        .with("workerScratchBytes", manifest.memory().workerBytes())
        .with("modelSha256", manifest.model().sha256())
        .with("options", manifest.build().options())
        .with("steps", manifest.steps())
        .with("report", report());
  }

  private static Json toJson(TensorSpec spec) {
    return new Json().with("name", spec.name()).with("type", spec.type().toString()).with("shape", spec.shape());
  }
}
