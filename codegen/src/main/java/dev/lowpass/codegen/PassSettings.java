package dev.lowpass.codegen;

import java.util.List;
import java.util.Optional;

/**
 * Which passes a compilation runs, and what it tells of them.
 *
 * @param pipeline a pipeline's text in place of the usual one
 * @param printAfter passes after which the graph is printed, or {@code all}
 * @param verifyEach whether to verify the graph after every change
 * @param timing whether to report each pass's time
 */
public record PassSettings(Optional<String> pipeline, List<String> printAfter, boolean verifyEach, boolean timing) {
  /** The usual passes, verified and silent. */
  public static final PassSettings USUAL = new PassSettings(Optional.empty(), List.of(), true, false);

  public PassSettings {
    printAfter = List.copyOf(printAfter);
  }

  /** The same settings for another pipeline. */
  public PassSettings with(String text) {
    return new PassSettings(Optional.of(text), printAfter, verifyEach, timing);
  }
}
