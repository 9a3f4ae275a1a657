package dev.lowpass.cli;

import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an artifact says about itself, for people and programs. */
record ManifestText(Manifest manifest) {
  void print(Terminal terminal, boolean json) {
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
    if (!manifest.report().isEmpty()) {
      terminal.line("");
      terminal.line(terminal.strong("report"));
      terminal.line(report().toString());
    }
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", manifest.name());
    facts.put("compiler", manifest.compiler());
    facts.put("target", "%s (%s, %s)".formatted(manifest.target(), manifest.platform(), manifest.device()));
    facts.put("needs", manifest.features().isEmpty() ? "no processor feature" : String.join(" ", manifest.features()));
    facts.put("inputs", text(manifest.inputs()));
    facts.put("outputs", text(manifest.outputs()));
    facts.put("parameters", Quantity.bytes(manifest.parameterBytes()));
    facts.put("scratch", Quantity.bytes(manifest.scratchBytes()));
    facts.put("model", "SHA-256 " + manifest.modelSha256());
    facts.put("options", manifest.options().isEmpty() ? "none" : manifest.options().toString());
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
        .with("name", manifest.name())
        .with("compiler", manifest.compiler())
        .with("target", manifest.target())
        .with("platform", manifest.platform())
        .with("device", manifest.device())
        .with("features", manifest.features())
        .with("inputs", manifest.inputs().stream().map(ManifestText::toJson).toList())
        .with("outputs", manifest.outputs().stream().map(ManifestText::toJson).toList())
        .with("parameterBytes", manifest.parameterBytes())
        .with("scratchBytes", manifest.scratchBytes())
        .with("modelSha256", manifest.modelSha256())
        .with("options", manifest.options())
        .with("steps", manifest.steps())
        .with("report", report());
  }

  private static Json toJson(TensorSpec spec) {
    return new Json().with("name", spec.name()).with("type", spec.type().toString()).with("shape", spec.shape());
  }
}
