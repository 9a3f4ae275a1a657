package dev.lowpass.cli.report;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an artifact says about itself, for people and programs.
 *
 * @param place the artifact, for messages
 * @param signer fingerprint of the key that it is signed by, if it is
 */
public record ManifestText(String place, Manifest manifest, Optional<String> signer) {
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

  /**
   * What its compiler reports.
   *
   * @throws LowpassException as {@link CompilationReport#of}
   */
  public CompilationReport report() {
    return CompilationReport.of(place, manifest);
  }

  /** Names and values, in the order in which to read them. */
  public Map<String, String> facts() {
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
    facts.put("prices", report().prices().source());
    facts.put("signed", signer.map(key -> "by the Ed25519 key with SHA-256 " + key).orElse("by nobody"));
    return facts;
  }

  private static String text(List<TensorSpec> specs) {
    return specs.stream().map(TensorSpec::toString).collect(Collectors.joining(", "));
  }

  private Json reportJson() {
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
        .with("device", manifest.target().device().toString())
        .with("features", manifest.target().features())
        .with("inputs", manifest.model().inputs().stream().map(ManifestText::toJson).toList())
        .with("outputs", manifest.model().outputs().stream().map(ManifestText::toJson).toList())
        .with("parameterBytes", manifest.memory().parameterBytes())
        .with("scratchBytes", manifest.memory().scratchBytes())
        .with("workerScratchBytes", manifest.memory().workerBytes())
        .with("modelSha256", manifest.model().sha256())
        .with("options", manifest.build().options())
        .with("signedBy", signer.orElse(null))
        .with("steps", manifest.steps())
        .with("report", reportJson());
  }

  private static Json toJson(TensorSpec spec) {
    return new Json().with("name", spec.name()).with("type", spec.type().toString()).with("shape", spec.shape());
  }
}
