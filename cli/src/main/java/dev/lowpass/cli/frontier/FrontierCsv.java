package dev.lowpass.cli.frontier;

import dev.lowpass.cli.score.PointsLost;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A frontier as a table with commas (RFC 4180, but lines end in a line feed); empty where nothing is known. */
public final class FrontierCsv {
  private static final List<String> HEADER =
      List.of(
          "name", "kind", "height", "width", "measured_ratio", "predicted_ratio", "microseconds", "accuracy",
          "points_lost", "points_lost_error", "agreement", "kl");

  private FrontierCsv() {}

  public static String text(Frontier frontier) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", HEADER));
    frontier.points().forEach(point -> lines.add(line(point)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(FrontierPoint point) {
    return List.of(
            quoted(point.name()),
            point.kind().toString(),
            String.valueOf(point.height()),
            String.valueOf(point.width()),
            number(point.measuredRatio()),
            number(point.predictedRatio()),
            number(point.microseconds()),
            number(point.accuracy()),
            point.pointsLost().map(PointsLost::points).map(String::valueOf).orElse(""),
            point.pointsLost().map(PointsLost::error).map(String::valueOf).orElse(""),
            number(point.agreement()),
            number(point.divergence()))
        .stream()
        .collect(Collectors.joining(","));
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? String.valueOf(number.getAsDouble()) : "";
  }

  private static String quoted(String text) {
    return text.contains(",") || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
