package dev.lowpass.cli.frontier;

import dev.lowpass.cli.view.Svg;
import java.util.ArrayList;
import java.util.List;

/** Puts words beside points, each at the nearest place that nothing else takes. */
final class Labels {
  private static final double LETTER = 6.9;
  private static final double HEIGHT = 13;
  private static final double FARTHEST = 130;
  private static final int TURNS = 16;

  /** What is nearer needs no line to its point. */
  private static final double NEAR = 16;

  private record Box(double left, double top, double width, double height) {
    boolean overlaps(Box other) {
      return left < other.left + other.width
          && other.left < left + width
          && top < other.top + other.height
          && other.top < top + height;
    }

    boolean isWithin(Box other) {
      return left >= other.left
          && top >= other.top
          && left + width <= other.left + other.width
          && top + height <= other.top + other.height;
    }
  }

  private final Box frame;
  private final List<Box> taken = new ArrayList<>();

  Labels(double left, double top, double right, double bottom) {
    this.frame = new Box(left + 2, top + 2, right - left - 4, bottom - top - 4);
  }

  /** Nothing may cover the mark at this place. */
  void keepMark(double x, double y) {
    taken.add(new Box(x - 8, y - 8, 16, 16));
  }

  /** Nothing may cover this line. */
  void keepLine(double fromX, double fromY, double toX, double toY) {
    double length = Math.hypot(toX - fromX, toY - fromY);
    for (double along = 0; along <= length; along += 6) {
      double part = length == 0 ? 0 : along / length;
      taken.add(new Box(fromX + part * (toX - fromX) - 2, fromY + part * (toY - fromY) - 2, 4, 4));
    }
  }

  /** Writes {@code words} near the mark; where there is no place at all, only the mark's tooltip has them. */
  void put(Svg svg, String style, double x, double y, String words) {
    double width = LETTER * words.length();
    for (double distance = 12; distance < FARTHEST; distance += 4) {
      for (int turn = 0; turn < TURNS; turn++) {
        // From the right upwards and around.
        double angle = 2 * Math.PI * turn / TURNS;
        double side = Math.cos(angle);
        double middleX = x + distance * side + width / 2 * side;
        double middleY = y - distance * Math.sin(angle);
        Box box = new Box(middleX - width / 2, middleY - HEIGHT / 2, width, HEIGHT);
        if (box.isWithin(frame) && taken.stream().noneMatch(box::overlaps)) {
          taken.add(box);
          if (distance > NEAR) {
            leader(svg, x, y, box);
          }
          // Words begin or end beside the mark, however wide the reader's letters are.
          switch (anchor(side)) {
            case "start" -> svg.text(style, box.left(), middleY + 4, "start", words);
            case "end" -> svg.text(style, box.left() + width, middleY + 4, "end", words);
            default -> svg.text(style, middleX, middleY + 4, "middle", words);
          }
          return;
        }
      }
    }
  }

  private static String anchor(double side) {
    return side > 0.3 ? "start" : side < -0.3 ? "end" : "middle";
  }

  /** From the mark to the nearest place of the box around the words. */
  private static void leader(Svg svg, double x, double y, Box box) {
    double toX = Math.clamp(x, box.left(), box.left() + box.width());
    double toY = Math.clamp(y, box.top(), box.top() + box.height());
    svg.line("<path class=\"leader\" d=\"M%.1f %.1fL%.1f %.1f\"/>", x, y, toX, toY);
  }
}
