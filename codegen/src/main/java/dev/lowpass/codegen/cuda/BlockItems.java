package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.ir.Block;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.BiConsumer;

/**
 * Groups that transform one block of one slab each: a work-item for each of its lanes and of its lines, up to 16. Every item
 * transforms lines of one direction, hands them over through shared memory, and then lines of the other.
 */
record BlockItems(Layout.Coefficients map) {
  private static final int MOST_LINES = 16;

  /** 32 KiB of shared memory. */
  private static final int MOST_SHARED = 8 << 10;

  private Block block() {
    return map.block();
  }

  /** Lanes of a group: all 16 of a slab, or a part where the block is large. */
  private int lanes() {
    int lanes = LANES;
    while (lanes > 1 && block().size() * lanes > MOST_SHARED) {
      lanes /= 2;
    }
    return lanes;
  }

  private int lines() {
    return Math.min(MOST_LINES, Math.max(block().height(), block().width()));
  }

  Grid grid() {
    return Grid.of(map.blocks(), map.batch() * map.slabs(), LANES / lanes(), lanes(), lines());
  }

  /** Shared memory of a group: [row][column][lane]. */
  Buffer lines(Code code) {
    return code.buffer("lines", DataType.F32, (long) block().size() * lanes(), Scope.SHARED);
  }

  /** Offset in shared memory. */
  Expr at(Expr row, Expr column, Grid.Place place) {
    return row.times(block().width()).plus(column).times(lanes()).plus(place.itemX());
  }

  /** Writes {@code body} for those of {@code count} lines that are this item's. */
  void forEachLine(Code code, Grid.Place place, int count, BiConsumer<Code, Expr> body) {
    for (int turn = 0; turn < Math.ceilDiv(count, lines()); turn++) {
      Expr line = place.itemY().plus(turn * lines());
      if (count >= (turn + 1) * lines()) {
        body.accept(code, line);
      } else {
        code.when(line.lessThan(count), then -> body.accept(then, line));
      }
    }
  }

  private Expr lane(Grid.Place place) {
    return place.groupZ().times(lanes()).plus(place.itemX());
  }

  /** The slab, counted through all images. */
  Expr slab(Grid.Place place) {
    return place.groupY();
  }

  /** The map's row where the block starts. */
  Expr top(Grid.Place place) {
    return place.groupX().floorDiv(new BlockGrid(map).blockColumns()).times(block().height());
  }

  /** The map's column where the block starts. */
  Expr left(Grid.Place place) {
    return place.groupX().floorMod(new BlockGrid(map).blockColumns()).times(block().width());
  }

  /** Offset of a sample of the map. */
  Expr sample(Grid.Place place, Expr y, Expr x) {
    return slab(place).times(map.height()).plus(y).times(map.width()).plus(x).times(LANES).plus(lane(place));
  }

  /** Offset of the coefficient that is number {@code order} of its block. */
  Expr coefficient(Grid.Place place, Expr order) {
    Expr rows = slab(place).times(block().size()).plus(order).times(map.blocks());
    return rows.plus(place.groupX()).times(LANES).plus(lane(place));
  }

  /** Index of the item's channel in a table with a word for every lane of every slab of an image. */
  Expr channel(Grid.Place place) {
    return slab(place).floorMod(map.slabs()).times(LANES).plus(lane(place));
  }
}
