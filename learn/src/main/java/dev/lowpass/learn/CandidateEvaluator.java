package dev.lowpass.learn;

import dev.lowpass.ir.bands.BandsFile;

/** Says what bands cost the network. Searches ask it; how the network is executed is its own affair. */
@FunctionalInterface
public interface CandidateEvaluator {
  /**
   * The mean loss of a network whose layers keep what {@code candidate} says, and everything in layers that it does not
   * name; the same for the same candidate.
   */
  double loss(BandsFile candidate);
}
