package dev.lowpass.cli.report;

import dev.lowpass.runtime.artifact.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    print(terminal, facts());
    List<SizeText> sizes = sizes();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.size() > 1) {
        terminal.line("");
        terminal.line(terminal.strong("size " + (i + 1)));
        print(terminal, sizes.get(i).facts());
      }
      sizes.get(i).printSteps(terminal);
    }
  }

  private static void print(Terminal terminal, Map<String, String> facts) {
    facts.forEach((name, value) -> terminal.line("%-12s %s".formatted(name, value)));
  }

  /** Each of its sizes. */
  public List<SizeText> sizes() {
    return manifest.sizes().stream().map(size -> new SizeText(place, size)).toList();
  }

  /** Names and values, in the order in which to read them; where there is one size, its own among them. */
  public Map<String, String> facts() {
    SizeText first = sizes().getFirst();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", manifest.model().name());
    facts.put("compiler", manifest.build().compiler());
    Manifest.Target target = manifest.target();
    facts.put("target", "%s (%s, %s)".formatted(target.name(), target.platform(), target.device()));
    List<String> features = manifest.target().features();
    facts.put("needs", features.isEmpty() ? "no processor feature" : String.join(" ", features));
    if (manifest.sizes().size() == 1) {
      facts.putAll(first.facts());
    } else {
      facts.put("sizes", new SharedParameters(manifest).toText());
    }
    facts.put("model", "SHA-256 " + manifest.model().sha256());
    manifest.build().options().forEach(facts::putIfAbsent);
    facts.put("prices", first.report().prices().source());
    facts.put("signed", signer.map(key -> "by the Ed25519 key with SHA-256 " + key).orElse("by nobody"));
    return facts;
  }

  /** The only size, or the first of several, lies flat, as in the artifact itself. */
  private Json toJson() {
    List<SizeText> sizes = sizes();
    Json json =
        new Json()
            .with("name", manifest.model().name())
            .with("compiler", manifest.build().compiler())
            .with("target", manifest.target().name())
            .with("platform", manifest.target().platform())
            .with("device", manifest.target().device().toString())
            .with("features", manifest.target().features());
    sizes.getFirst().addTo(json)
        .with("modelSha256", manifest.model().sha256())
        .with("options", manifest.build().options())
        .with("signedBy", signer.orElse(null));
    sizes.getFirst().addStepsTo(json);
    if (sizes.size() > 1) {
      json.with("moreSizes", sizes.stream().skip(1).map(size -> size.addStepsTo(size.addTo(new Json()))).toList());
    }
    return json;
  }
}
