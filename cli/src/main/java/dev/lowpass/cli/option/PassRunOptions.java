package dev.lowpass.cli.option;

import dev.lowpass.codegen.PassSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What happens around each pass: verifying, printing, timing. */
public final class PassRunOptions {
  @Option(
      names = "--print-ir-after",
      paramLabel = "PASS",
      split = ",",
      description = "Print the graph after these passes, to the error stream; or all.")
  private List<String> printAfter = new ArrayList<>();

  @Option(
      names = "--verify-each",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Verify the graph after every pass; on unless --no-verify-each.")
  private boolean verifyEach = true;

  @Option(names = "--pass-timing", description = "Print what time each pass took, to the error stream.")
  private boolean timing;

  /** The settings of a compilation that runs {@code pipeline}, or the usual passes. */
  public PassSettings toSettings(Optional<String> pipeline) {
    return new PassSettings(pipeline, printAfter, verifyEach, timing);
  }

  public List<String> printAfter() {
    return List.copyOf(printAfter);
  }

  public boolean verifyEach() {
    return verifyEach;
  }

  public boolean timing() {
    return timing;
  }
}
