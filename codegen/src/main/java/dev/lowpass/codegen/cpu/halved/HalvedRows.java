package dev.lowpass.codegen.cpu.halved;

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

  public static final HalvedRows NONE = new HalvedRows(List.of());

  /** Both halves of {@code rows} in pieces of at most {@code most} rows of each. */
  public static HalvedRows of(int rows, int most) {
    int half = rows / 2;
    HalvedRows pieces = NONE;
    for (int row = 0; row < half; row += most) {
      pieces = pieces.and(row, row + half, Math.min(most, half - row));
    }
    return pieces;
  }

  /** These and one more piece, of rows from {@code upper} and from {@code lower} on. It may be empty. */
  public HalvedRows and(int upper, int lower, int rows) {
    List<Piece> all = new ArrayList<>(pieces);
    all.add(new Piece(upper, lower, rows, sumRows()));
    return new HalvedRows(all);
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
