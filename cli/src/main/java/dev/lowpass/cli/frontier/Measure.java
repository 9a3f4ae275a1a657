package dev.lowpass.cli.frontier;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What stands on the vertical axis; up is better for all of them. */
public enum Measure {
  /** Top-1 in percent. */
  ACCURACY("top-1 accuracy", " in %", true),

  /** Points of accuracy lost beside the dense model at its own size. */
  LOST("points of accuracy lost", "", false),

  /** The same best class as that model, in percent. */
  AGREEMENT("agreement with the original", " in %", true),

  /** KL divergence from that model's answers, in nats. */
  KL("KL divergence from the original", " in nats", false);

  private final String label;
  private final String unit;
  private final boolean moreIsBetter;

  Measure(String label, String unit, boolean moreIsBetter) {
    this.label = label;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  String label() {
    return label;
  }

  /** The label of an axis, with the unit and, where that is not plain, the direction. */
  String axisLabel() {
    return label + unit + (moreIsBetter ? "" : " (up is less)");
  }

  boolean moreIsBetter() {
    return moreIsBetter;
  }

  OptionalDouble of(FrontierPoint point) {
    return switch (this) {
      case ACCURACY -> percent(point.accuracy());
      case LOST -> point.pointsLost().map(lost -> OptionalDouble.of(lost.points())).orElseGet(OptionalDouble::empty);
      case AGREEMENT -> percent(point.agreement());
      case KL -> point.divergence();
    };
  }

  private static OptionalDouble percent(OptionalDouble part) {
    return part.isPresent() ? OptionalDouble.of(100 * part.getAsDouble()) : part;
  }

  /** The standard error beside the dense model; 0 where there is none. */
  double error(FrontierPoint point) {
    return switch (this) {
      case ACCURACY, LOST -> point.pointsLost().map(lost -> lost.error()).orElse(0.0);
      case AGREEMENT, KL -> 0;
    };
  }

  /** The first, in the order of this list, that is known of most points that were measured. */
  public static Measure suiting(Frontier frontier) {
    Measure best = ACCURACY;
    for (Measure measure : List.of(AGREEMENT, KL)) {
      best = measure.known(frontier) > best.known(frontier) ? measure : best;
    }
    return best;
  }

  private long known(Frontier frontier) {
    return frontier.points().stream()
        .filter(point -> point.measuredRatio().isPresent() && of(point).isPresent())
        .count();
  }

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
