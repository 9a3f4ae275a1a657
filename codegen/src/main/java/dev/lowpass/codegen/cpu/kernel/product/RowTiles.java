package dev.lowpass.codegen.cpu.kernel.product;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The rows of a kernel's register tiles. It is called for whole tiles, and for a last one that is lower.
 *
 * @param rows of a whole tile
 * @param remainders rows that a last tile may have; each is code of its own
 */
public record RowTiles(int rows, SortedSet<Integer> remainders) {
  /** @param counts how many rows there may be in a call */
  public static RowTiles of(int rows, int... counts) {
    SortedSet<Integer> remainders = new TreeSet<>();
    IntStream.of(counts).map(count -> count % rows).filter(rest -> rest > 0).forEach(remainders::add);
    return new RowTiles(rows, Collections.unmodifiableSortedSet(remainders));
  }
}
