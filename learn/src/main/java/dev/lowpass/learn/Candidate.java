package dev.lowpass.learn;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.learn.judge.Score;
import java.util.Optional;

/**
 * A network that may stand in for the whole one.
 *
 * @param graph canonical, for pictures of the size that the model takes; its weights may have been changed
 * @param bands what it keeps, the size of its picture included
 * @param microseconds predicted time
 * @param score on held-out pictures
 */
public record Candidate(Graph graph, BandsFile bands, double microseconds, Score score) {
  /** The size at which its only picture is read; nothing where that is the model's own. */
  public Optional<InputSize> size() {
    return bands.inputs().values().stream().findFirst();
  }
}
