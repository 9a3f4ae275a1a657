package dev.lowpass.cli.frontier;

import dev.lowpass.cli.score.PointsLost;
import dev.lowpass.cli.score.Scoring;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One way to run a model: how long it takes, and how well it answers beside the dense model at its own input size.
 *
 * @param name short; it stands in the picture
 * @param height of the input that the network computes on
 * @param width of that input
 * @param measuredRatio measured time over that of the dense model at its own size
 * @param predictedRatio the same as the compiler predicts it
 * @param microseconds of one inference, measured
 * @param accuracy top-1, 0 to 1
 * @param pointsLost of accuracy, with the standard error of the paired difference
 * @param agreement the part of the pictures with the same best class, 0 to 1
 * @param divergence KL divergence of class probabilities, in nats
 */
public record FrontierPoint(
    String name,
    Kind kind,
    int height,
    int width,
    OptionalDouble measuredRatio,
    OptionalDouble predictedRatio,
    OptionalDouble microseconds,
    OptionalDouble accuracy,
    Optional<PointsLost> pointsLost,
    OptionalDouble agreement,
    OptionalDouble divergence) {
  /** What a point stands for. */
  public enum Kind {
    /** Everything kept, at some size of the input: what anyone can do without bands. */
    DENSE,

    /** With bands. */
    BANDS,

    /** What a search or a training recommends. */
    CHOSEN,

    /** The original model on another engine. */
    PEER;

    /** As files and tables have it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** @throws IllegalArgumentException for a name that is blank or no single line, and for numbers that cannot be */
  public FrontierPoint {
    if (name.isBlank() || name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
      throw new IllegalArgumentException("a name that is blank or has characters that cannot be drawn");
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("an input of %dx%d".formatted(height, width));
    }
    atLeastZero("measuredRatio", measuredRatio);
    atLeastZero("predictedRatio", predictedRatio);
    atLeastZero("microseconds", microseconds);
    part("accuracy", accuracy);
    part("agreement", agreement);
    if (pointsLost.isPresent()) {
      atLeastZero("pointsLostError", OptionalDouble.of(pointsLost.get().error()));
    }
    finite("pointsLost", pointsLost.map(lost -> OptionalDouble.of(lost.points())).orElse(OptionalDouble.empty()));
    finite("divergence", divergence);
  }

  private static void finite(String what, OptionalDouble number) {
    if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
      throw new IllegalArgumentException(what + " " + number.getAsDouble() + " is not finite");
    }
  }

  private static void atLeastZero(String what, OptionalDouble number) {
    finite(what, number);
    if (number.isPresent() && number.getAsDouble() < 0) {
      throw new IllegalArgumentException(what + " " + number.getAsDouble() + " is negative");
    }
  }

  private static void part(String what, OptionalDouble number) {
    atLeastZero(what, number);
    if (number.isPresent() && number.getAsDouble() > 1) {
      throw new IllegalArgumentException(what + " " + number.getAsDouble() + " is more than 1");
    }
  }

  /** A point of which nothing is known yet. */
  public static FrontierPoint of(String name, Kind kind, int height, int width) {
    OptionalDouble none = OptionalDouble.empty();
    return new FrontierPoint(name, kind, height, width, none, none, none, none, Optional.empty(), none, none);
  }

  /** With the measured time. */
  public FrontierPoint measured(double ratio, double newMicroseconds) {
    return new FrontierPoint(
        name, kind, height, width, OptionalDouble.of(ratio), predictedRatio, OptionalDouble.of(newMicroseconds),
        accuracy, pointsLost, agreement, divergence);
  }

  /** With the predicted time. */
  public FrontierPoint predicted(double ratio) {
    return new FrontierPoint(
        name, kind, height, width, measuredRatio, OptionalDouble.of(ratio), microseconds, accuracy, pointsLost,
        agreement, divergence);
  }

  /** With what {@code scoring} found beside the dense model at its own size. */
  public FrontierPoint scored(Scoring scoring) {
    return scored(top1(scoring), scoring.pointsLost(), scoring.agreement(), scoring.divergence());
  }

  /**
   * With what {@code scoring} found, as the model that all are compared with: it loses nothing to itself.
   *
   * @param classifies whether there are classes to agree on
   */
  public FrontierPoint scoredAsReference(Scoring scoring, boolean classifies) {
    if (!classifies) {
      return scored(scoring);
    }
    Optional<PointsLost> nothing = scoring.accuracy().map(_ -> new PointsLost(0, 0));
    return scored(top1(scoring), nothing, OptionalDouble.of(1), OptionalDouble.of(0));
  }

  /** With what {@code scoring} found beside labels, and nothing beside the dense model. */
  public FrontierPoint scoredAlone(Scoring scoring) {
    return scored(top1(scoring), Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static OptionalDouble top1(Scoring scoring) {
    return scoring.accuracy().map(found -> OptionalDouble.of(found.top1())).orElse(OptionalDouble.empty());
  }

  private FrontierPoint scored(
      OptionalDouble top1, Optional<PointsLost> lost, OptionalDouble agreed, OptionalDouble diverged) {
    return new FrontierPoint(
        name, kind, height, width, measuredRatio, predictedRatio, microseconds, top1, lost, agreed, diverged);
  }

  /** For instance {@code 192x192}, height first. */
  public String input() {
    return height + "x" + width;
  }
}
