package dev.lowpass.cli.learning;

import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.Candidate;
import java.util.List;
import java.util.Optional;

/** The fastest candidate that loses at most so many points on held-out pictures: found by bisection of its time. */
public record LossGoal(Calibrator calibrator, List<Optional<InputSize>> sizes) {
  /** The least part of the dense model's time that is tried. */
  private static final double LEAST = 0.4;

  private static final int BISECTIONS = 5;

  /**
   * Points are of accuracy where classes are known, else of agreement. The whole model where nothing loses as little.
   */
  public Candidate reach(double points) {
    Candidate best = calibrator.smaller(Optional.empty());
    double low = LEAST;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      Candidate candidate = calibrator.best(sizes, middle * calibrator.dense());
      if (candidate.score().pointsLost() <= points) {
        best = candidate;
        high = middle;
      } else {
        low = middle;
      }
    }
    return best;
  }
}
