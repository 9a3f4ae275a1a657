package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The greatest or least channel at each position; an item is as many neighbouring positions as a slab has channels. Both
 * change places by exchanges of lanes, so that channels are compared for all positions at once.
 *
 * @param vertical where the weights of another grid lie, as {@code horizontal}; unused without one
 */
record ArgChannels(ArgChannelsStep step, AxisTables vertical, AxisTables horizontal) implements ElementFunction {
  private static final int LANES = Layout.LANES;

  private int blocks() {
    return Math.ceilDiv(step.line(), LANES);
  }

  private int channels() {
    return step.input().slabbed().channels();
  }

  @Override
  public long count() {
    return (long) step.input().slabbed().batch() * step.lines() * blocks();
  }

  @Override
  public long weight() {
    return (long) step.input().slabbed().slabs() * LANES * LANES * (step.grid().isPresent() ? 2 : 1);
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr line = code.let("line", index.floorDiv(blocks()));
    // The last block may begin before the one before it ends.
    Expr first = code.let("first", index.floorMod(blocks()).times(LANES).min(step.line() - LANES));
    Register best = code.register("best", DataType.I32.withLanes(LANES));
    Register place = code.register("place", DataType.I32.withLanes(LANES));
    code.add(best.set(Expr.i32(0)));
    code.add(place.set(Expr.i32(0)));
    int whole = channels() / LANES;
    if (whole > 0) {
      code.loop("slab", whole, (body, slab) -> slab(body, memory, new Place(line, first, slab), LANES, best, place));
    }
    if (channels() % LANES > 0) {
      slab(code, memory, new Place(line, first, Expr.i32(whole)), channels() % LANES, best, place);
    }
    for (int i = 0; i < LANES; i++) {
      Expr target = line.times(step.line()).plus(first).plus(i);
      code.add(memory.store(step.output(), target, place.get().lane(i).cast(DataType.I64)));
    }
  }

  /** The first of 16 positions, and a slab. */
  private record Place(Expr line, Expr first, Expr slab) {}

  private void slab(Code code, Memory memory, Place at, int channels, Register best, Register place) {
    List<Register> vectors = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      Register vector = code.register("position", DataType.F32.withLanes(LANES));
      code.add(vector.set(step.grid().isPresent() ? resampled(code, memory, at, i) : stored(memory, at, i)));
      vectors.add(vector);
    }
    List<Register> transposed = transposed(code, vectors);
    for (int c = 0; c < channels; c++) {
      Expr key = code.let("key", Ordering.key(ElementType.F32, transposed.get(c).get()));
      Expr channel = code.let("channel", at.slab.times(LANES).plus(c).broadcast(LANES));
      Expr better = isBetter(key, best.get());
      if (c == 0) {
        better = better.or(channel.equalTo(Expr.i32(0).broadcast(LANES)));
      }
      code.add(place.set(better.select(channel, place.get())));
      code.add(best.set(better.select(key, best.get())));
    }
  }

  /** As of runs, but that the places are known before the best itself changes. */
  private Expr isBetter(Expr key, Expr best) {
    return switch (step.arg().kind()) {
      case MAX -> step.arg().last() ? key.atLeast(best) : best.lessThan(key);
      case MIN -> step.arg().last() ? best.atLeast(key) : key.lessThan(best);
    };
  }

  /** Lane l of vector i becomes lane i of vector l: at each distance, halves change places. */
  private static List<Register> transposed(Code code, List<Register> vectors) {
    List<Register> all = vectors;
    for (int distance = LANES / 2; distance > 0; distance /= 2) {
      List<Register> next = new ArrayList<>(all);
      for (int i = 0; i < LANES; i++) {
        if ((i & distance) == 0) {
          List<Expr> pair = List.of(all.get(i).get(), all.get(i + distance).get());
          next.set(i, exchanged(code, pair, distance, 0));
          next.set(i + distance, exchanged(code, pair, distance, distance));
        }
      }
      all = next;
    }
    return all;
  }

  private static Register exchanged(Code code, List<Expr> pair, int distance, int from) {
    int[] lanes = new int[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      boolean own = (lane & distance) == 0;
      lanes[lane] = own ? lane + from : LANES + lane - distance + from;
    }
    Register register = code.register("exchanged", DataType.F32.withLanes(LANES));
    code.add(register.set(Expr.shuffle(pair, lanes)));
    return register;
  }

  private Expr stored(Memory memory, Place at, int i) {
    return load(memory, at.line, at.slab, at.first.plus(i));
  }

  /** The vector at {@code row} of a slab of {@code image}. */
  private Expr load(Memory memory, Expr image, Expr slab, Expr row) {
    Layout.Slabbed map = step.input().slabbed();
    Expr vector = image.times(map.slabs()).plus(slab).times(map.rows()).plus(row);
    return memory.load(step.input(), vector.times(LANES), LANES);
  }

  private Expr resampled(Code code, Memory memory, Place at, int i) {
    Expr image = at.line.floorDiv(step.lines());
    Expr y = at.line.floorMod(step.lines());
    Expr x = at.first.plus(i);
    int width = step.input().slabbed().width();
    Expr top = memory.table(vertical.first(), y);
    Expr corner = code.let("corner", top.times(width).plus(memory.table(horizontal.first(), x)));
    Expr total = null;
    for (int dy = 0; dy < vertical.taps(); dy++) {
      Expr sum = null;
      for (int dx = 0; dx < horizontal.taps(); dx++) {
        Expr weight = memory.parameter(horizontal.weights(), x.times(horizontal.taps()).plus(dx));
        Expr term = load(memory, image, at.slab, corner.plus(dy * width + dx)).times(weight);
        sum = sum == null ? term : sum.plus(term);
      }
      Expr weight = memory.parameter(vertical.weights(), y.times(vertical.taps()).plus(dy));
      Expr row = sum.times(weight);
      total = total == null ? row : total.plus(row);
    }
    return total;
  }
}
