package dev.lowpass.codegen.gpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.ThreadAxis;
import java.util.function.BiConsumer;

/**
 * Work-groups that transform one block of one slab each: 16 lanes times as many work-items as a block has lines, up to 16. Every item
 * transforms lines of one direction, hands them over through shared memory, and then lines of the other.
 */
record BlockGroups(BlockGrid grid) {
  private static final int MOST_LINES = 16;

  /** Floats of shared memory a block: [row][column][lane]. */
  int sharedElements() {
    return grid.size() * LANES;
  }

  private int lines() {
    return Math.min(MOST_LINES, Math.max(grid.height(), grid.width()));
  }

  /** Which block and which lane an item works at; {@code line} is its first line. {@code slab} counts through the batch. */
  record Place(Expr slab, Expr block, Expr line, Expr lane) {}

  void launch(Code code, int slabs, BiConsumer<Code, Place> item) {
    code.loop(
        "slab",
        slabs,
        ThreadAxis.BLOCK_Y,
        (outer, slab) ->
            outer.loop(
                "block",
                grid.blocks(),
                ThreadAxis.BLOCK_X,
                (blocks, block) ->
                    blocks.loop(
                        "line",
                        lines(),
                        ThreadAxis.THREAD_Y,
                        (rows, line) ->
                            rows.loop(
                                "lane",
                                LANES,
                                ThreadAxis.THREAD_X,
                                (body, lane) -> item.accept(body, new Place(slab, block, line, lane))))));
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

  /** Vertical frequencies that some column has among the first {@code level} coefficients. */
  int longestColumn(int level) {
    int longest = 1;
    for (int v = 0; v < grid.width(); v++) {
      longest = Math.max(longest, grid.retainedOfColumn(v, level));
    }
    return longest;
  }

  /** Offset in shared memory. */
  Expr at(Expr row, Expr column, Expr lane) {
    return row.times(grid.width()).plus(column).times(LANES).plus(lane);
  }

  /** The place in coefficient order of every frequency [u][v]. */
  int[] order() {
    int[] order = new int[grid.size()];
    for (int u = 0; u < grid.height(); u++) {
      for (int v = 0; v < grid.width(); v++) {
        order[u * grid.width() + v] = grid.index(u, v);
      }
    }
    return order;
  }

}
