package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.ThreadAxis;
import dev.lowpass.ir.Block;
import java.util.function.BiConsumer;

/**
 * Work-groups that transform one block of one slab each: 16 lanes times as many work-items as a block has lines, up to
 * 16. Every item transforms lines of one direction, hands them over through shared memory, and then lines of the other.
 */
record BlockGroups(Block block) {
  private static final int MOST_LINES = 16;

  /** 32 KiB of shared memory, which every device has. */
  private static final int MOST_SHARED = 8 << 10;

  /** Lanes of a group: all 16 of a slab, or a part where the block is large. */
  private int lanes() {
    int lanes = LANES;
    while (lanes > 1 && block.size() * lanes > MOST_SHARED) {
      lanes /= 2;
    }
    return lanes;
  }

  /** Floats of shared memory a group: [row][column][lane]. */
  int sharedElements() {
    return block.size() * lanes();
  }

  private int lines() {
    return Math.min(MOST_LINES, Math.max(block.height(), block.width()));
  }

  /**
   * Which block and which lane an item works at.
   *
   * @param slab counts through the batch
   * @param line the first line
   * @param lane of the slab
   * @param thread lane of the group
   */
  record Place(Expr slab, Expr block, Expr line, Expr lane, Expr thread) {}

  void launch(Code code, Expr slabs, Expr blocks, BiConsumer<Code, Place> item) {
    code.loop(
        "part",
        LANES / lanes(),
        ThreadAxis.BLOCK_Z,
        (parts, part) ->
            parts.loop(
                "slab",
                slabs,
                ThreadAxis.BLOCK_Y,
                (outer, slab) ->
                    outer.loop(
                        "block",
                        blocks,
                        ThreadAxis.BLOCK_X,
                        (groups, group) ->
                            groups.loop(
                                "line",
                                lines(),
                                ThreadAxis.THREAD_Y,
                                (rows, line) ->
                                    rows.loop(
                                        "lane",
                                        lanes(),
                                        ThreadAxis.THREAD_X,
                                        (body, thread) -> {
                                          Expr lane = part.times(lanes()).plus(thread);
                                          item.accept(body, new Place(slab, group, line, lane, thread));
                                        })))));
  }

  /** Writes {@code body} for those of {@code count} lines that are this item's. */
  void forEachLine(Code code, Place place, int count, BiConsumer<Code, Expr> body) {
    int turns = Math.ceilDiv(count, lines());
    for (int turn = 0; turn < turns; turn++) {
      Expr line = place.line().plus(turn * lines());
      if (count >= (turn + 1) * lines()) {
        body.accept(code, line);
      } else {
        code.when(line.lessThan(count), then -> body.accept(then, line));
      }
    }
  }

  /** Offset in shared memory. */
  Expr at(Expr row, Expr column, Place place) {
    return row.times(block.width()).plus(column).times(lanes()).plus(place.thread());
  }
}
