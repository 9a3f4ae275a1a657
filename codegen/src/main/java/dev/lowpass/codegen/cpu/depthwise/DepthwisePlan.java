package dev.lowpass.codegen.cpu.depthwise;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * How one slab group of a fused depthwise kernel walks down its map. Output rows are counted in units (single rows, or
 * rows of blocks). Units are cut into chunks, each a task of its own with a map of its own that repeats the rows at its
 * edge; a chunk is cut into strips, small enough that depthwise reads what the expansion has just written.
 *
 * @param strips [chunk][strip]
 * @param mapRows rows that a chunk's map must hold
 */
public record DepthwisePlan(List<List<Strip>> strips, int mapRows) {
  /** Of a strip in a table. */
  static final int WORDS = 5;

  /**
   * @param mapRow first input row of the chunk's map
   * @param expandFrom first input row to expand now
   * @param expandRows rows to expand now
   * @param unit first unit of output
   * @param units units of output
   */
  public record Strip(int mapRow, int expandFrom, int expandRows, int unit, int units) {}

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

  /** Strips of the longest chunk; shorter ones are filled up with empty strips in tables. */
  public int stripsAChunk() {
    return strips.stream().mapToInt(List::size).max().orElse(0);
  }

  /** Chunk by chunk the {@link #WORDS} of every strip, in the order of its fields. */
  int[] table() {
    int count = stripsAChunk();
    int[] table = new int[strips.size() * count * WORDS];
    for (int c = 0; c < strips.size(); c++) {
      for (int s = 0; s < strips.get(c).size(); s++) {
        Strip strip = strips.get(c).get(s);
        int[] words = {strip.mapRow, strip.expandFrom, strip.expandRows, strip.unit, strip.units};
        System.arraycopy(words, 0, table, (c * count + s) * WORDS, WORDS);
      }
    }
    return table;
  }
}
