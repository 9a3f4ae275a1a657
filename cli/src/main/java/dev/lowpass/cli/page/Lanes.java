package dev.lowpass.cli.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

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

  /** Where an edge leaves its lane for the mark. */
  private static final int TURN = MARK - 8;

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

  /** Each value gets the first lane that is free; a row that reads the last of one may go on in it. */
  private void place() {
    PriorityQueue<Integer> free = new PriorityQueue<>();
    Map<Integer, List<Integer>> ending = new HashMap<>();
    int lanes = 0;
    for (int i = 0; i < rows.size(); i++) {
      free.addAll(ending.getOrDefault(i, List.of()));
      laneOf[i] = free.isEmpty() ? lanes++ : free.remove();
      ending.computeIfAbsent(Math.max(lastReader[i], i + 1), _ -> new ArrayList<>()).add(laneOf[i]);
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
    Map<Integer, Integer> open = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      svgs.add(svg(i, open));
      int row = i;
      open.values().removeIf(made -> lastReader[made] <= row);
      if (lastReader[i] > i && laneOf[i] < MOST) {
        open.put(laneOf[i], i);
      }
    }
    return svgs;
  }

  /** @param open the row that made what runs in a lane, by lane, before this row */
  private String svg(int row, Map<Integer, Integer> open) {
    StringBuilder svg = new StringBuilder("<svg class=\"lanes\" aria-hidden=\"true\" width=\"%d\">".formatted(width()));
    boolean marked = laneOf[row] < MOST;
    open.forEach(
        (lane, made) -> {
          svg.append(line(made, x(lane), "0", lastReader[made] == row ? String.valueOf(TURN) : "100%"));
          if (marked && rows.get(row).reads().contains(made)) {
            svg.append(turn(made, x(lane), x(laneOf[row])));
          }
        });
    if (marked) {
      double x = x(laneOf[row]);
      if (lastReader[row] > row) {
        svg.append(line(row, x, String.valueOf(MARK), "100%"));
      }
      svg.append(text("<circle%s cx=\"%.1f\" cy=\"%d\" r=\"4\"/>", style(row), x, MARK));
    }
    return svg.append("</svg>").toString();
  }

  private String line(int made, double x, String from, String to) {
    return text("<line%s x1=\"%.1f\" x2=\"%.1f\" y1=\"%s\" y2=\"%s\"/>", style(made), x, x, from, to);
  }

  private String turn(int made, double from, double to) {
    return text("<path%s d=\"M%.1f %d L%.1f %d\"/>", style(made), from, TURN, to, MARK);
  }

  private String style(int row) {
    return rows.get(row).frequency() ? " class=\"frequency\"" : "";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
