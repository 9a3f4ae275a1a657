package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.work.Entry;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How one slab group of a fused depthwise kernel walks down its map. Output rows are counted in units (single rows, or
 * rows of blocks). Units are cut into chunks, each a task of its own with a map of its own that repeats the rows at its
 * edge; a chunk is cut into strips, small enough that depthwise reads what the expansion has just written.
 *
 * @param strips [chunk][strip]
 * @param mapRows rows that a chunk's map must hold
 */
record DepthwisePlan(List<List<Strip>> strips, int mapRows) {
  private static final int WORDS = 5;

  /**
   * @param mapRow first input row of the chunk's map
   * @param expandFrom first input row to expand now
   * @param expandRows rows to expand now
   * @param unit first unit of output
   * @param units units of output
   */
  record Strip(int mapRow, int expandFrom, int expandRows, int unit, int units) {}

  /**
   * @param blockRows rows of the blocks of coefficients that the map is made of, whole blocks at once and in one chunk;
   *     0 where it is not
   * @param unitRows output rows of a unit
   * @param vectors slabs that a group expands at once
   * @param positions of expanded map that a strip should have
   */
  static DepthwisePlan of(
      Window window,
      int height,
      int width,
      int outputHeight,
      int blockRows,
      int unitRows,
      int vectors,
      int groups,
      int positions,
      Machine machine) {
    int units = outputHeight / unitRows;
    int chunks = blockRows > 0 ? 1 : chunks(window, height, width, units, vectors, groups, machine);
    List<List<Strip>> strips = new ArrayList<>();
    int mapRows = 0;
    int madeRows = Math.max(1, blockRows);
    int rowsAStrip = Math.max(1, positions / (width * window.stride(0) * unitRows));
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = (int) ((long) units * chunk / chunks);
      int to = (int) ((long) units * (chunk + 1) / chunks);
      int mapRow = firstRow(window, from * unitRows, height);
      int done = mapRow;
      List<Strip> list = new ArrayList<>();
      for (int unit = from; unit < to; unit += rowsAStrip) {
        int end = Math.min(to, unit + rowsAStrip);
        int needed = Math.max(done, Math.ceilDiv(endRow(window, end * unitRows, height), madeRows) * madeRows);
        list.add(new Strip(mapRow, done, needed - done, unit, end - unit));
        done = needed;
      }
      mapRows = Math.max(mapRows, done - mapRow);
      strips.add(list);
    }
    return new DepthwisePlan(strips, mapRows);
  }

  private static int chunks(
      Window window, int height, int width, int units, int vectors, int groups, Machine machine) {
    long map = (long) height * width * vectors * LANES;
    int forCache = (int) Math.ceilDiv(map, (long) machine.caches().task());
    // An odd number of groups leaves one of two workers idle for one group in the end.
    int forBalance = groups % 2 == 1 && groups < 16 && height >= 8 * window.reach(0) ? 2 : 1;
    return Math.clamp(Math.max(forCache, forBalance), 1, Math.max(1, units));
  }

  private static int firstRow(Window window, int outputRow, int height) {
    return Math.clamp(outputRow * window.stride(0) - window.before(0), 0, height);
  }

  private static int endRow(Window window, int outputEnd, int height) {
    return Math.clamp((outputEnd - 1) * window.stride(0) - window.before(0) + window.reach(0), 0, height);
  }

  /** All units in one strip, of a map that is there already. */
  static DepthwisePlan atOnce(int units) {
    return new DepthwisePlan(List.of(List.of(new Strip(0, 0, 0, 0, units))), 0);
  }

  /** Strips of the longest chunk; shorter ones are filled up with empty strips in tables. */
  int stripsAChunk() {
    return strips.stream().mapToInt(List::size).max().orElse(0);
  }

  /** Chunk by chunk the strips, and those that fill up. */
  List<Strip> inTable() {
    List<Strip> all = new ArrayList<>();
    for (List<Strip> chunk : strips) {
      all.addAll(chunk);
      all.addAll(Collections.nCopies(stripsAChunk() - chunk.size(), new Strip(0, 0, 0, 0, 0)));
    }
    return all;
  }

  /** {@link #inTable}, each strip in the order of its components. */
  int[] table() {
    return inTable().stream()
        .flatMapToInt(s -> IntStream.of(s.mapRow, s.expandFrom, s.expandRows, s.unit, s.units))
        .toArray();
  }

  /**
   * A strip whose place code computes, in the table that starts at {@code table} in the parameters.
   *
   * @param index how many strips come before, of this and other chunks
   * @param at its first word
   */
  record Words(Entry entry, int table, Expr index, Expr at) {
    /** Where strip {@code index} starts in its table. */
    static Expr start(Expr index) {
      return index.times(WORDS);
    }

    Expr mapRow() {
      return entry.table(table, at);
    }

    Expr expandFrom() {
      return word(1);
    }

    Expr expandRows() {
      return word(2);
    }

    Expr unit() {
      return word(3);
    }

    Expr units() {
      return word(4);
    }

    private Expr word(int number) {
      return entry.table(table, at.plus(number));
    }
  }
}
