package dev.lowpass.testsuite.bench.roofline;

import dev.lowpass.cli.view.Svg;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Roofs and dots between two axes, each dot's number at the nearest free place. */
record RooflinePanel(Svg svg, Axis x, Axis y, Roofs roofs, double total) {
  /** Where along a slope its label stands, 0 to 1. */
  private static final double LABEL_AT = 0.42;

  private record Box(double x, double y, double width, double height) {
    boolean overlaps(Box other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  void grid() {
    svg.line("<rect class=\"paper frame\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", x.start(), y.end(),
        x.end() - x.start(), y.start() - y.end());
    for (double tick : x.ticks()) {
      svg.line("<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/>", x.at(tick), y.start(), y.end());
      svg.text("soft", x.at(tick), y.start() + 16, "middle", plain(tick));
    }
    for (double tick : y.ticks()) {
      svg.line("<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>", x.start(), y.at(tick), x.end());
      svg.text("soft", x.start() - 7, y.at(tick) + 4, "end", plain(tick));
    }
  }

  private static String plain(double tick) {
    return BigDecimal.valueOf(tick).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  /** The arithmetic peak, as far as the faster memory allows it. */
  void peak(String label) {
    double knee = Math.max(x.low(), roofs.peak() / roofs.again());
    svg.line("<path class=\"roof\" d=\"M%.1f %.1fH%.1f\"/>", x.at(knee), y.at(roofs.peak()), x.end());
    svg.text("ink", x.end() - 4, y.at(roofs.peak()) - 7, "end", label);
  }

  /** What {@code bandwidth} GB/s allow, up to the peak, with a label {@code below} the line or above. */
  void slope(double bandwidth, String style, String label, boolean below) {
    double from = Math.max(x.low(), y.low() / bandwidth);
    double to = Math.min(x.high(), roofs.peak() / bandwidth);
    double startX = x.at(from);
    double startY = y.at(from * bandwidth);
    double endX = x.at(to);
    double endY = y.at(to * bandwidth);
    svg.line("<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>", style, startX, startY, endX, endY);
    double angle = Math.toDegrees(Math.atan2(endY - startY, endX - startX));
    double labelX = startX + LABEL_AT * (endX - startX);
    double labelY = startY + LABEL_AT * (endY - startY);
    String place = "translate(%.1f %.1f) rotate(%.1f)".formatted(labelX, labelY, angle);
    svg.line("<text class=\"ink\" text-anchor=\"middle\" transform=\"%s\" dy=\"%d\">%s</text>", place, below ? 16 : -7,
        label);
  }

  /** Those of {@code points} that lie in this panel; {@code numbered} tells which have their numbers here. */
  void dots(List<RooflinePoint> points, Predicate<RooflinePoint> numbered) {
    List<RooflinePoint> here = points.stream().filter(this::contains).toList();
    List<Box> taken = new ArrayList<>();
    for (RooflinePoint point : here) {
      double radius = radius(point);
      double centreX = x.at(point.work().intensity());
      double centreY = y.at(point.gigaflops());
      taken.add(new Box(centreX - radius, centreY - radius, 2 * radius, 2 * radius));
      svg.line("<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", point.kind().style(), centreX, centreY,
          radius);
    }
    here.stream().filter(numbered).forEach(point -> number(point, taken));
  }

  boolean contains(RooflinePoint point) {
    return x.contains(point.work().intensity()) && y.contains(point.gigaflops());
  }

  /** A dot's area is its step's part of the time. */
  private double radius(RooflinePoint point) {
    return 2.5 + 14 * Math.sqrt(point.microseconds() / total);
  }

  private void number(RooflinePoint point, List<Box> taken) {
    double centreX = x.at(point.work().intensity());
    double centreY = y.at(point.gigaflops());
    double radius = radius(point);
    double width = 7.0 * String.valueOf(point.number()).length();
    for (double distance = radius + 8; distance < 120; distance += 3) {
      for (int turn = 0; turn < 24; turn++) {
        double angle = Math.PI / 12 * turn;
        double labelX = centreX + distance * Math.cos(angle);
        double labelY = centreY - distance * Math.sin(angle);
        Box box = new Box(labelX - width / 2 - 1, labelY - 6, width + 2, 12);
        boolean inside =
            labelX > x.start() + 8 && labelX < x.end() - 8 && labelY > y.end() + 8 && labelY < y.start() - 8;
        if (inside && taken.stream().noneMatch(box::overlaps)) {
          taken.add(box);
          if (distance > radius + 10) {
            svg.line("<path class=\"leader\" d=\"M%.1f %.1fL%.1f %.1f\"/>", centreX, centreY,
                labelX - 6 * Math.cos(angle), labelY + 6 * Math.sin(angle));
          }
          svg.text("ink number", labelX, labelY + 4, "middle", "" + point.number());
          return;
        }
      }
    }
  }
}
