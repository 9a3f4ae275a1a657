package dev.lowpass.codegen.cpu.halved;

import dev.lowpass.codegen.cpu.depthwise.DepthwisePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The rows of an image in pieces that have an upper and a lower half, of as many rows each. */
public record HalvedRows(List<Piece> pieces) {
  /** Words of a piece in {@link #table}. */
  static final int WORDS = 4;

  /**
   * Rows {@code upper} to {@code upper + rows} and {@code lower} to {@code lower + rows}.
   *
   * @param sum the first of the rows that sums of the two get
   */
  record Piece(int upper, int lower, int rows, int sum) {}

  /** Both halves of {@code rows} in pieces of at most {@code most} rows of each. */
  public static HalvedRows of(int rows, int most) {
    int half = rows / 2;
    List<Piece> pieces = new ArrayList<>();
    for (int row = 0; row < half; row += most) {
      pieces.add(new Piece(row, row + half, Math.min(most, half - row), row));
    }
    return new HalvedRows(pieces);
  }

  /**
   * What each strip of each chunk expands, in the order of a table with as many strips for every chunk.
   *
   * @param width an even number of positions in a row of the map
   */
  public static HalvedRows ofStrips(DepthwisePlan plan, int width) {
    List<Piece> pieces = new ArrayList<>();
    int sum = 0;
    for (List<DepthwisePlan.Strip> chunk : plan.strips()) {
      for (DepthwisePlan.Strip strip : chunk) {
        int from = strip.expandFrom() * width;
        int half = strip.expandRows() * width / 2;
        pieces.add(new Piece(from, from + half, half, sum));
        sum += half;
      }
      for (int s = chunk.size(); s < plan.stripsAChunk(); s++) {
        pieces.add(new Piece(0, 0, 0, sum));
      }
    }
    return new HalvedRows(pieces);
  }

  /** Rows of a sum. */
  int sumRows() {
    return pieces.stream().mapToInt(Piece::rows).sum();
  }

  /** How many rows halves have. */
  SortedSet<Integer> counts() {
    SortedSet<Integer> counts = new TreeSet<>();
    pieces.forEach(piece -> counts.add(piece.rows));
    return counts;
  }

  /** [piece][upper, lower, rows, sum]. */
  int[] table() {
    return pieces.stream().flatMapToInt(p -> IntStream.of(p.upper, p.lower, p.rows, p.sum)).toArray();
  }
}
