package dev.lowpass.cli.page;

import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.profile.ProfileFile;
import dev.lowpass.cli.report.ManifestText;
import dev.lowpass.cli.report.SizeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An artifact as one page: what it is, its layers and bands, its steps, its memory, and what was measured of it.
 *
 * @param profiles measured, of which each size takes its own
 */
public record ArtifactHtml(ManifestText artifact, Optional<ProfileFile> profiles, Optional<Frontier> frontier) {
  /** The whole page. */
  public String text() {
    List<SizeText> sizes = artifact.sizes();
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      SizeText size = sizes.get(i);
      sections.addAll(
          new SizeSections(size, profiles.flatMap(file -> file.of(size.size())), i, sizes.size() > 1).sections());
    }
    frontier.ifPresent(measured -> sections.add(new FrontierSection("frontier", measured).section()));
    sections.add(about());
    String name = artifact.manifest().model().name();
    return new Page(name, "artifact for " + artifact.manifest().target().name(), sections).text();
  }

  private Section about() {
    List<String> facts = new ArrayList<>();
    for (Map.Entry<String, String> fact : artifact.facts().entrySet()) {
      facts.add(Html.fact(fact.getKey(), Html.code(fact.getValue())));
    }
    return new Section("about", "About", "What the artifact says of itself.", Html.facts(facts));
  }
}
