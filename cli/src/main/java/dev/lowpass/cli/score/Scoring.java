package dev.lowpass.cli.score;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well one model answers. What compares it with a reference is absent for the reference itself, what needs labels
 * without labels, what needs a classifier for other models.
 *
 * @param accuracy how many labelled pictures it reads right
 * @param pointsLost accuracy beside the reference's
 * @param agreement the part of the pictures, 0 to 1, for which model and reference say the same best class
 * @param divergence KL(reference || model) in nats, the mean over pictures, of class probabilities
 * @param outputs how far every output is from the reference's
 */
public record Scoring(
    String name,
    int pictures,
    Optional<Accuracy> accuracy,
    Optional<PointsLost> pointsLost,
    OptionalDouble agreement,
    OptionalDouble divergence,
    List<OutputError> outputs) {
  /**
   * Pictures read right.
   *
   * @param first the label is the best class
   * @param amongFive the label is among the five best
   */
  public record Accuracy(int first, int amongFive, int pictures) {
    /** The part of the pictures whose label is the best class, 0 to 1. */
    public double top1() {
      return first / (double) pictures;
    }

    /** The part of the pictures whose label is among the five best, 0 to 1. */
    public double top5() {
      return amongFive / (double) pictures;
    }
  }

  /**
   * How far an output is from the reference's.
   *
   * @param relative L2 norm of the difference over that of the reference, both over all pictures together
   */
  public record OutputError(String output, double relative) {}

  public Scoring {
    outputs = List.copyOf(outputs);
  }
}
