package dev.lowpass.cli.report;

import dev.lowpass.codegen.CompiledSizes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code compile} says when it is done.
 *
 * @param bytes size of the artifact
 * @param seconds that compiling took
 */
public record CompilationSummary(CompiledSizes compiled, Path artifact, long bytes, double seconds) {
  public void print(Terminal terminal) {
    List<SizeSummary> sizes = sizes();
    int kernels = 0;
    for (SizeSummary size : sizes) {
      if (sizes.size() > 1) {
        terminal.line(terminal.strong("size %d: %s".formatted(size.number(), size.inputs())));
      }
      size.print(terminal);
      kernels += size.compilation().kernels().size();
    }
    terminal.line("%d kernels, compiled in %.1f s".formatted(kernels, seconds));
    if (sizes.size() > 1) {
      terminal.line(new SharedParameters(compiled.manifest()).toText());
    }
    terminal.line(terminal.strong(artifact + ": " + Quantity.bytes(bytes)));
  }

  private List<SizeSummary> sizes() {
    List<SizeSummary> sizes = new ArrayList<>();
    compiled.sizes().forEach(size -> sizes.add(new SizeSummary(sizes.size() + 1, size)));
    return sizes;
  }

  /** What is said of the only size, or the first of several, stands beside the artifact. */
  public Json toJson() {
    List<SizeSummary> sizes = sizes();
    Json json =
        new Json()
            .with("artifact", artifact.toString())
            .with("bytes", bytes)
            .with("seconds", seconds)
            .with("externalData", compiled.first().files().stream().map(Path::toString).toList());
    sizes.getFirst().addTo(json);
    if (sizes.size() > 1) {
      json.with("moreSizes", sizes.stream().skip(1).map(size -> size.addTo(new Json())).toList());
    }
    return json;
  }
}
