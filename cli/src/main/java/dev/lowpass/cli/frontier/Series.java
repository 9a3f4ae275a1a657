package dev.lowpass.cli.frontier;

import dev.lowpass.cli.frontier.FrontierPoint.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points that are drawn alike.
 *
 * @param style class of the picture's style sheet
 * @param connected whether a line leads from one point to the next
 */
record Series(String label, String style, Mark mark, boolean connected, List<FrontierPoint> points) {
  /** As many colours there are for bands; more sizes begin again. */
  private static final int COLOURS = 4;

  /** How a point is drawn. */
  enum Mark {
    CIRCLE,
    SQUARE,
    DIAMOND,
    STAR
  }

  /** Dense first, then bands by the size of the input, then the other engines, then what was chosen, on top of all. */
  static List<Series> of(List<FrontierPoint> points) {
    List<Series> all = new ArrayList<>();
    add(all, "dense, smaller inputs", "dense", Mark.CIRCLE, true, of(points, Kind.DENSE));
    Map<String, List<FrontierPoint>> bands = new LinkedHashMap<>();
    points.stream()
        .filter(point -> point.kind() == Kind.BANDS)
        .forEach(point -> bands.computeIfAbsent(point.input(), _ -> new ArrayList<>()).add(point));
    int colour = 0;
    for (Map.Entry<String, List<FrontierPoint>> size : bands.entrySet()) {
      String style = "bands" + colour++ % COLOURS;
      add(all, "bands at " + size.getKey(), style, Mark.SQUARE, true, of(size.getValue(), Kind.BANDS));
    }
    add(all, "another engine", "peer", Mark.DIAMOND, false, of(points, Kind.PEER));
    add(all, "chosen", "chosen", Mark.STAR, false, of(points, Kind.CHOSEN));
    return all;
  }

  private static void add(
      List<Series> all, String label, String style, Mark mark, boolean connected, List<FrontierPoint> points) {
    if (!points.isEmpty()) {
      all.add(new Series(label, style, mark, connected, points));
    }
  }

  /** From the fastest to the slowest. */
  private static List<FrontierPoint> of(List<FrontierPoint> points, Kind kind) {
    return points.stream()
        .filter(point -> point.kind() == kind)
        .sorted(Comparator.comparing(point -> point.measuredRatio().orElse(0)))
        .toList();
  }

  /** What stands beside a point: the size is what tells dense ones apart. */
  String text(FrontierPoint point) {
    boolean square = point.height() == point.width();
    return switch (point.kind()) {
      case DENSE -> square ? String.valueOf(point.height()) : point.input();
      case BANDS, CHOSEN, PEER -> point.name();
    };
  }
}
