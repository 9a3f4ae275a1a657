package dev.lowpass.cli.frontier;

import dev.lowpass.ir.LowpassException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy against time.
 *
 * @param points the dense ones first, of each kind the larger inputs first, of each size the slower ones
 */
public record Frontier(MeasuredOn measuredOn, List<FrontierPoint> points) {
  private static final Comparator<FrontierPoint> ORDER =
      Comparator.comparing(FrontierPoint::kind)
          .thenComparing(point -> -(long) point.height() * point.width())
          .thenComparing(FrontierPoint::input)
          .thenComparing(point -> -point.measuredRatio().orElse(point.predictedRatio().orElse(0)))
          .thenComparing(FrontierPoint::name);

  public Frontier {
    points = points.stream().sorted(ORDER).toList();
  }

  /** A frontier and the file that it was read from, for messages. */
  public record Source(String place, Frontier frontier) {}

  /**
   * The points of all {@code sources}. What several measured again, the dense model at a size or a peer, is taken from
   * the first that has it, and so are points that are equal.
   *
   * @throws LowpassException LP7041 if they were not measured on the same things
   */
  public static Frontier merged(List<Source> sources) {
    Source first = sources.getFirst();
    List<FrontierPoint> points = new ArrayList<>();
    for (Source source : sources) {
      if (!source.frontier().measuredOn().equals(first.frontier().measuredOn())) {
        throw new LowpassException(
            "LP7041",
            source.place(),
            "was measured on %s, but %s on %s; only the same can be compared"
                .formatted(source.frontier().measuredOn(), first.place(), first.frontier().measuredOn()));
      }
      for (FrontierPoint point : source.frontier().points()) {
        if (points.stream().noneMatch(other -> isAgain(point, other))) {
          points.add(point);
        }
      }
    }
    return new Frontier(first.frontier().measuredOn(), points);
  }

  private static boolean isAgain(FrontierPoint point, FrontierPoint other) {
    return switch (point.kind()) {
      case DENSE, PEER ->
          point.kind() == other.kind() && point.name().equals(other.name()) && point.input().equals(other.input());
      case BANDS, CHOSEN -> point.equals(other);
    };
  }
}
