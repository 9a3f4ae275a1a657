package dev.lowpass.cli.report;

import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What an artifact says about itself, for people and programs. */
public record ManifestText(Manifest manifest) {
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
    List<String> choices = choices();
    if (!choices.isEmpty()) {
      terminal.line("");
      terminal.line(terminal.strong("chosen otherwise than built in"));
      choices.forEach(terminal::line);
    }
    List<Report.Decision> decisions = decisions();
    if (!decisions.isEmpty()) {
      terminal.line("");
      DecisionTable.of(decisions).print(terminal);
      terminal.line(Retained.of(decisions).toText());
    }
  }

  /** Choices that a search or another artifact made, as far as the report has the form that our compiler gives it. */
  private List<String> choices() {
    List<String> lines = new ArrayList<>();
    if (manifest.report().get("choices") instanceof List<?> choices) {
      for (Object choice : choices) {
        if (choice instanceof Map<?, ?> members && members.containsKey("builtIn")) {
          lines.add("      %s: %s".formatted(members.get("step"), differences(members)));
        }
      }
    }
    return lines;
  }

  /** {@code rows=9 (14)} for each setting, with the built-in one where it differs. */
  private static String differences(Map<?, ?> members) {
    List<String> chosen = List.of(String.valueOf(members.get("choice")).split(" "));
    List<String> builtIn = List.of(String.valueOf(members.get("builtIn")).split(" "));
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

  /** What the compiler decided layer by layer, as far as the report has the form that our compiler gives it. */
  private List<Report.Decision> decisions() {
    List<Report.Decision> decisions = new ArrayList<>();
    if (manifest.report().get("layers") instanceof List<?> layers) {
      for (Object layer : layers) {
        if (layer instanceof Map<?, ?> members) {
          decisions.add(decision(members));
        }
      }
    }
    return decisions;
  }

  private static Report.Decision decision(Map<?, ?> members) {
    return new Report.Decision(
        String.valueOf(members.get("layer")),
        String.valueOf(members.get("form")),
        (long) number(members, "multiplyAdds"),
        number(members, "retained"),
        number(members, "executed"),
        time(members, "predictedDense"),
        time(members, "predictedLowpassed"),
        String.valueOf(members.get("reason")));
  }

  private static double number(Map<?, ?> members, String name) {
    return members.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** JSON has no not-a-number; the compiler writes -1 for a time that nobody predicted. */
  private static double time(Map<?, ?> members, String name) {
    double time = number(members, name);
    return time < 0 ? Double.NaN : time;
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
