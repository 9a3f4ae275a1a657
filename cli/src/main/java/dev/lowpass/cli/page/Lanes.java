package dev.lowpass.cli.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The edges of a graph as lanes beside its rows, as version control draws branches: a value runs down its lane from the
 * row that makes it to the last row that reads it.
 */
final class Lanes {
  /** Beyond these, edges are left out: a row still says in words what it reads. */
  private static final int MOST = 8;

  private static final int WIDTH = 11;

  /** Where a row's mark lies below its upper edge, in pixels. */
  private static final int MARK = 19;

  private final List<Row> rows;
  private final int[] laneOf;
  private final int[] lastReader;

  Lanes(List<Row> rows) {
    this.rows = rows;
    this.laneOf = new int[rows.size()];
    this.lastReader = new int[rows.size()];
    Arrays.fill(lastReader, -1);
    for (int i = 0; i < rows.size(); i++) {
      for (int read : rows.get(i).reads()) {
        lastReader[read] = i;
      }
    }
    place();
  }

  private void place() {
    List<Integer> until = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int lane = 0;
      while (lane < until.size() && until.get(lane) > i) {
        lane++;
      }
      laneOf[i] = lane;
      if (lane == until.size()) {
        until.add(0);
      }
      until.set(lane, lastReader[i]);
    }
  }

  /** Of all lanes, in pixels. */
  int width() {
    int lanes = Math.min(MOST, Arrays.stream(laneOf).max().orElse(0) + 1);
    return WIDTH * lanes + 6;
  }

  private static double x(int lane) {
    return WIDTH * lane + 9;
  }

  /** The edges beside each row. */
  List<String> svgs() {
    List<String> svgs = new ArrayList<>();
    Map<Integer, Integer> open = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      svgs.add(svg(i, open));
      int row = i;
      open.values().removeIf(made -> lastReader[made] <= row);
      if (lastReader[i] > i) {
        open.put(laneOf[i], i);
      }
    }
    return svgs;
  }

  /** @param open the row that made what runs in a lane, by lane, before this row */
  private String svg(int row, Map<Integer, Integer> open) {
    StringBuilder svg = new StringBuilder("<svg class=\"lanes\" aria-hidden=\"true\" width=\"%d\">".formatted(width()));
    for (int lane = 0; lane < MOST; lane++) {
      Integer made = open.get(lane);
      if (made == null) {
        continue;
      }
      boolean ends = lastReader[made] == row;
      String style = rows.get(made).frequency() ? " class=\"frequency\"" : "";
      svg.append(
          String.format(
              Locale.ROOT,
              "<line%s x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%s\"/>",
              style,
              x(lane),
              x(lane),
              ends ? MARK - 8 + "" : "100%"));
      if (rows.get(row).reads().contains(made) && laneOf[row] < MOST) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<path%s d=\"M%.1f %d L%.1f %d\"/>",
                style,
                x(lane),
                MARK - 8,
                x(laneOf[row]),
                MARK));
      }
    }
    String style = rows.get(row).frequency() ? " class=\"frequency\"" : "";
    if (laneOf[row] < MOST) {
      if (lastReader[row] > row) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<line%s x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"100%%\"/>",
                style,
                x(laneOf[row]),
                x(laneOf[row]),
                MARK));
      }
      svg.append(
          String.format(Locale.ROOT, "<circle%s cx=\"%.1f\" cy=\"%d\" r=\"4\"/>", style, x(laneOf[row]), MARK));
    }
    return svg.append("</svg>").toString();
  }
}
