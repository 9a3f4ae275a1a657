package dev.lowpass.cli.frontier;

import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import dev.lowpass.cli.view.Svg;
import dev.lowpass.ir.LowpassException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How well models answer against the time that they were measured to take, as an SVG that follows the reader's light or
 * dark mode. Up and to the left is better. Points that were not measured are left out, and counted below.
 */
public record FrontierPicture(Frontier frontier, Measure measure) {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 580;
  private static final int LEFT = 76;
  private static final int RIGHT = 930;
  private static final int TOP = 104;
  private static final int BOTTOM = 500;

  /** An engine that takes this much longer than the slowest of the others stands at the edge, with its number. */
  private static final double FAR = 1.15;

  /** What a point has on both axes, and the point. */
  private record Drawn(double x, double y, double error, FrontierPoint point) {}

  /**
   * The picture; the same frontier gives the same bytes.
   *
   * @throws LowpassException LP7042 if there is no point that was measured and of which the measure is known
   */
  public String svg() {
    return svg(FrontierStyle.alone());
  }

  /**
   * The picture as an element of a page, within one of class {@code frontier}.
   *
   * @throws LowpassException as {@link #svg}
   */
  public String svgInPage() {
    return svg(FrontierStyle.inPage());
  }

  private String svg(String style) {
    List<FrontierPoint> points = frontier.points().stream().filter(this::canBeDrawn).toList();
    if (points.isEmpty()) {
      throw new LowpassException(
          "LP7042", "frontier", "no point has a measured time and " + measure + "; there is nothing to draw");
    }
    Svg svg = new Svg();
    svg.line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
        + " aria-labelledby=\"title desc\">", WIDTH, HEIGHT, WIDTH, HEIGHT);
    svg.line("<title id=\"title\">%s</title>", Svg.escaped(title()));
    svg.line("<desc id=\"desc\">%s</desc>", Svg.escaped(description(points)));
    svg.line(style);
    svg.line("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, HEIGHT);
    svg.text("ink title", LEFT, 30, "start", title());
    svg.text("soft", LEFT, 50, "start", subtitle());
    draw(svg, points);
    long left = frontier.points().size() - points.size();
    if (left > 0) {
      svg.text("soft", RIGHT, HEIGHT - 12, "end", left + " more without a measured time, or without this measure");
    }
    svg.line("</svg>");
    return svg.toString();
  }

  private boolean canBeDrawn(FrontierPoint point) {
    return point.measuredRatio().isPresent() && measure.of(point).isPresent();
  }

  private String title() {
    return "%s: %s against measured time".formatted(frontier.measuredOn().model(), measure.label());
  }

  private String subtitle() {
    MeasuredOn on = frontier.measuredOn();
    String workers = on.threads() == 1 ? "1 thread" : on.threads() + " threads";
    return "%s, %s; %d pictures of %s".formatted(on.processor(), workers, on.count(), on.pictures());
  }

  private String description(List<FrontierPoint> points) {
    return String.join("; ", points.stream().map(this::words).toList()) + ". Up and to the left is better.";
  }

  private String words(FrontierPoint point) {
    double error = measure.error(point);
    return String.format(
        Locale.ROOT,
        "%s (%s, input %s): time %.3f, %s %.4g%s",
        point.name(),
        point.kind(),
        point.input(),
        point.measuredRatio().orElseThrow(),
        measure.label(),
        measure.of(point).orElseThrow(),
        error > 0 ? String.format(Locale.ROOT, " ± %.2g", error) : "");
  }

  private void draw(Svg svg, List<FrontierPoint> points) {
    double slowest =
        points.stream()
            .filter(point -> point.kind() != Kind.PEER)
            .mapToDouble(point -> point.measuredRatio().orElseThrow())
            .max()
            .orElse(Double.POSITIVE_INFINITY);
    List<FrontierPoint> far =
        points.stream().filter(point -> point.measuredRatio().orElseThrow() > FAR * slowest).toList();
    List<FrontierPoint> near = points.stream().filter(point -> !far.contains(point)).toList();
    double[] times = near.stream().mapToDouble(point -> point.measuredRatio().orElseThrow()).toArray();
    double[] values =
        near.stream()
            .flatMap(
                point ->
                    Stream.of(
                        measure.of(point).orElseThrow() - measure.error(point),
                        measure.of(point).orElseThrow() + measure.error(point)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    Axis x = Axis.around(times, LEFT, RIGHT, 9);
    Axis upwards = Axis.around(values, BOTTOM, TOP, 8);
    Axis y = measure.moreIsBetter() ? upwards : upwards.turned();
    grid(svg, x, y);
    List<Series> series = Series.of(near);
    legend(svg, series);
    Labels labels = new Labels(LEFT, TOP, RIGHT, BOTTOM);
    series.forEach(one -> curve(svg, one, drawn(one, x, y), labels));
    series.reversed().forEach(one -> names(svg, one, drawn(one, x, y), labels));
    far(svg, far);
  }

  private List<Drawn> drawn(Series series, Axis x, Axis y) {
    List<Drawn> drawn = new ArrayList<>();
    for (FrontierPoint point : series.points()) {
      double value = measure.of(point).orElseThrow();
      double error = Math.abs(y.at(value + measure.error(point)) - y.at(value));
      drawn.add(new Drawn(x.at(point.measuredRatio().orElseThrow()), y.at(value), error, point));
    }
    return drawn;
  }

  private void grid(Svg svg, Axis x, Axis y) {
    svg.line("<rect class=\"paper frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", LEFT, TOP, RIGHT - LEFT,
        BOTTOM - TOP);
    for (BigDecimal tick : x.ticks()) {
      double place = x.at(tick.doubleValue());
      svg.line("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", place, BOTTOM, TOP);
      svg.text("soft", place, BOTTOM + 18, "middle", x.text(tick));
    }
    for (BigDecimal tick : y.ticks()) {
      double place = y.at(tick.doubleValue());
      svg.line("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, place, RIGHT);
      svg.text("soft", LEFT - 8, place + 4, "end", y.text(tick));
    }
    svg.text("ink", (LEFT + RIGHT) / 2.0, BOTTOM + 42, "middle", timeLabel());
    svg.line("<text class=\"ink\" text-anchor=\"middle\" transform=\"translate(22 %d) rotate(-90)\">%s</text>",
        (TOP + BOTTOM) / 2, measure.axisLabel());
  }

  /** With the time that is 1, if it was measured. */
  private String timeLabel() {
    OptionalDouble whole =
        frontier.points().stream()
            .filter(point -> point.kind() == Kind.DENSE && point.measuredRatio().equals(OptionalDouble.of(1)))
            .map(FrontierPoint::microseconds)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::orElseThrow)
            .findFirst();
    String one = "measured time; 1 is dense at the model's own size";
    return whole.isPresent() ? one + String.format(Locale.ROOT, ", %.2f ms", whole.getAsDouble() / 1000) : one;
  }

  private static void legend(Svg svg, List<Series> series) {
    double x = LEFT + 7;
    double y = 72;
    for (Series one : series) {
      double width = 48 + 6.9 * one.label().length();
      if (x + width > RIGHT) {
        x = LEFT + 7;
        y += 18;
      }
      if (one.connected()) {
        svg.line("<path class=\"curve %s\" d=\"M%.1f %.1fH%.1f\"/>", one.style(), x - 7, y, x + 21);
      }
      mark(svg, one, x + 7, y, "");
      svg.text("ink", x + 27, y + 4, "start", one.label());
      x += width;
    }
  }

  private void curve(Svg svg, Series series, List<Drawn> points, Labels labels) {
    for (int i = 1; series.connected() && i < points.size(); i++) {
      Drawn from = points.get(i - 1);
      Drawn to = points.get(i);
      svg.line("<path class=\"curve %s\" d=\"M%.1f %.1fL%.1f %.1f\"/>", series.style(), from.x(), from.y(), to.x(),
          to.y());
      labels.keepLine(from.x(), from.y(), to.x(), to.y());
    }
    for (Drawn point : points) {
      if (point.error() > 0) {
        double top = point.y() - point.error();
        double bottom = point.y() + point.error();
        svg.line("<path class=\"error %s\" d=\"M%.1f %.1fV%.1fM%.1f %.1fh6M%.1f %.1fh6\"/>", series.style(), point.x(),
            top, bottom, point.x() - 3, top, point.x() - 3, bottom);
        labels.keepLine(point.x(), top, point.x(), bottom);
      }
      mark(svg, series, point.x(), point.y(), words(point.point()));
      labels.keepMark(point.x(), point.y());
    }
  }

  private static void names(Svg svg, Series series, List<Drawn> points, Labels labels) {
    String style = series.mark() == Series.Mark.STAR ? "ink strong" : "ink";
    points.forEach(point -> labels.put(svg, style, point.x(), point.y(), series.text(point.point())));
  }

  private static void mark(Svg svg, Series series, double x, double y, String tooltip) {
    String title = tooltip.isEmpty() ? "" : "<title>" + Svg.escaped(tooltip) + "</title>";
    String path =
        switch (series.mark()) {
          case CIRCLE -> "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z";
          case SQUARE -> "M-4.5 -4.5h9v9h-9z";
          case DIAMOND -> "M0 -6.5L6.5 0L0 6.5L-6.5 0z";
          case STAR -> "M0 -9.5L2.4 -3.2L9 -2.9L3.8 1.3L5.6 7.7L0 4L-5.6 7.7L-3.8 1.3L-9 -2.9L-2.4 -3.2z";
        };
    svg.line("<path class=\"mark %s\" transform=\"translate(%.1f %.1f)\" d=\"%s\">%s</path>", series.style(), x, y,
        path, title);
  }

  /** Engines beyond the right edge, below each other. */
  private static void far(Svg svg, List<FrontierPoint> points) {
    double y = BOTTOM - 12;
    for (FrontierPoint point : points) {
      String text = String.format(Locale.ROOT, "%s: %.2f, off to the right →", point.name(),
          point.measuredRatio().orElseThrow());
      svg.text("ink", RIGHT - 8, y, "end", text);
      y -= 16;
    }
  }
}
