package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.passes.machine.SpectralTile;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.BiConsumer;

/**
 * What the items of a group with a {@link SpectralTile} share: where its channels and rows lie, and a map of them in shared
 * memory, [row][column][lane].
 *
 * @param cells the shared memory
 * @param item number in the group
 * @param slab counted through all images
 * @param lane first of the group's lanes
 * @param row first row of outputs
 */
record SpectralMap(SpectralTile tile, Buffer cells, Expr item, Var slab, Var lane, Var row) {
  private static final int VECTOR = Operand.VECTOR;
  private static final DataType TYPE = DataType.F32.withLanes(VECTOR);

  static SpectralMap of(Code code, SpectralTile tile, Buffer cells, Grid.Place place) {
    Expr rest = place.groupX().quotient(tile.parts());
    return new SpectralMap(
        tile,
        cells,
        place.itemX(),
        code.let("slab", rest.quotient(tile.tiles())),
        code.let("part", place.groupX().remainder(tile.parts()).times(tile.lanes())),
        code.let("row", rest.remainder(tile.tiles()).times(tile.height())));
  }

  /** Registers of four channels. */
  static RegisterPool pool(Code code) {
    return new RegisterPool(code, TYPE);
  }

  /**
   * Writes {@code body} for those of {@code count} pieces of work that are this item's: with the first of its four lanes,
   * counted in the group, and the number of the rest. Neighbouring items have neighbouring lanes.
   */
  void share(Code code, int count, BiConsumer<Code, Work> body) {
    int turns = Math.ceilDiv(count * tile.vectors(), tile.items());
    if (turns == 1) {
      share(code, count, item, body);
    } else {
      code.loop("turn", turns, (then, turn) -> share(then, count, turn.times(tile.items()).plus(item), body));
    }
  }

  private void share(Code code, int count, Expr number, BiConsumer<Code, Work> body) {
    int all = count * tile.vectors();
    Var own = code.let("work", number);
    if (all % tile.items() == 0) {
      body.accept(code, work(code, own));
    } else {
      code.when(own.lessThan(all), then -> body.accept(then, work(then, own)));
    }
  }

  private Work work(Code code, Expr number) {
    Var own = code.let("own", number.remainder(tile.vectors()).times(VECTOR));
    return new Work(own, code.let("rest", number.quotient(tile.vectors())));
  }

  /**
   * @param lane the first of four, counted in the group
   * @param number of the work
   */
  record Work(Var lane, Var number) {}

  /** Where in shared memory four channels of a position lie. */
  Expr at(Expr y, Expr x, int columns, Work work) {
    return y.times(columns).plus(x).times(tile.lanes()).plus(work.lane());
  }

  /** The first row of the map that the group reads, negative where that lies above the map. */
  Expr top() {
    return row.times(tile.layer().window().stride(0)).minus(tile.layer().window().before(0));
  }

  /** Where a slab of {@code layout} has row {@code number} of four channels. */
  Expr offset(Layout.Slabbed layout, Expr number, Work work) {
    return slab.times(layout.rows()).plus(number).times(LANES).plus(lane).plus(work.lane());
  }

  /** The first of four channels in a table with a word for every lane of every slab of an image. */
  Expr channel(Work work) {
    return slab.remainder(tile.layer().slabs()).times(LANES).plus(lane).plus(work.lane());
  }

  /** {@code count} vectors in shared memory, each so many numbers behind the one before it. */
  Register[] line(RegisterPool pool, Expr from, int step, int count) {
    Register[] line = new Register[count];
    for (int i = 0; i < count; i++) {
      line[i] = pool.holding(cells.load(from.plus(i * step), VECTOR));
    }
    return line;
  }
}
