package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.passes.machine.BlockTile;
import dev.lowpass.passes.machine.WholeBlock;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.Consumer;

/**
 * The code of one work-item of a {@link WholeBlockKernel}. The group stages what its tile reads of the input once. Then for
 * each chunk of hidden channels all items expand what the tile reads of the map, with zeros beside it; sum up the depthwise
 * outputs; and add to the sums of the projection, which stay in registers. Weights of the next products are on their way
 * from memory while depthwise outputs are summed up.
 */
final class WholeBlockItem {
  private static final int VECTOR = Operand.VECTOR;

  private final WholeBlockKernel kernel;
  private final BlockTile tile;
  private final WholeBlock block;
  private final KernelMemory memory;
  private final WholeBlockPlace place;
  private final Expr item;

  /** [channel][position of the map]. */
  private final Buffer samples;

  /** [position of the tile's window][hidden channel of the chunk]. */
  private final Buffer expanded;

  /** [hidden channel of the chunk][output of the tile]. */
  private final Buffer deep;

  private final Buffer expansionWeights;
  private final Buffer projectionWeights;
  private final WeightStage expansion;
  private final WeightStage projection;
  private final WholeBlockDepthwise depthwise;

  /** What the item has of the expanded map. */
  private final RegisterTile map;

  /** What it has of the output. */
  private final RegisterTile output;

  WholeBlockItem(Code code, WholeBlockKernel kernel, KernelMemory memory, WholeBlockPlace place, Expr item) {
    this.kernel = kernel;
    this.tile = kernel.tile();
    this.block = tile.block();
    this.memory = memory;
    this.place = place;
    this.item = item;
    this.samples = shared(code, "samples", tile.samples());
    this.expanded = shared(code, "expanded", tile.expanded());
    this.deep = shared(code, "deep", tile.deep());
    this.expansionWeights = shared(code, "expansion", tile.expansionWeights());
    this.projectionWeights = shared(code, "projection", tile.projectionWeights());
    this.expansion = weights(code, kernel.expansion(), expansionWeights, tile.expansionWeights());
    this.projection = weights(code, kernel.projection(), projectionWeights, tile.projectionWeights());
    this.map = RegisterTile.of(code, item, tile.mapRows(), tile.vectors());
    this.output = RegisterTile.of(code, item, tile.rows(), tile.outputLanes() / VECTOR);
    this.depthwise = WholeBlockDepthwise.of(code, kernel, item, expanded, deep);
  }

  private static Buffer shared(Code code, String name, int words) {
    return code.buffer(name, DataType.F32, words, Scope.SHARED);
  }

  private WeightStage weights(Code code, int packed, Buffer target, int words) {
    return new WeightStage(
        code,
        memory.parameters(packed),
        target,
        words,
        tile.items(),
        item,
        (half, vector) -> half.times(words).plus(vector.times(VECTOR)));
  }

  void write(Code code) {
    Expr first = Expr.i32(0);
    expansion.fetch(code, first);
    stageSamples(code);
    clear(code);
    expansion.stage(code, first);
    output.start(code, memory.parameters(kernel.projectionBias()), first);
    code.barrier();
    code.loop(
        "chunk",
        tile.chunks(),
        (body, chunk) -> {
          when(body, tile.mapItems(), then -> expand(then, chunk));
          body.barrier();
          // In the last turn the same again, which nobody reads.
          expansion.fetch(body, chunk.plus(1).min(tile.chunks() - 1));
          projection.fetch(body, chunk);
          depthwise.write(body, memory, chunk);
          expansion.stage(body, first);
          projection.stage(body, first);
          body.barrier();
          when(body, tile.outputItems(), this::project);
        });
    // LLVM would join the loop's last condition with this one, and PoCL then loses items at the barriers of the loop.
    code.barrier();
    when(code, tile.outputItems(), this::finish);
  }

  /** Writes {@code body} for the first {@code items} of the group. */
  private void when(Code code, int items, Consumer<Code> body) {
    if (items == tile.items()) {
      body.accept(code);
    } else {
      code.when(item.lessThan(items), body);
    }
  }

  /** Neighbouring items take neighbouring vectors, of one slab of all positions after another. */
  private void stageSamples(Code code) {
    int vectors = LANES / VECTOR;
    Layout.Slabbed input = kernel.step().input().slabbed();
    new Share(item, tile.items(), tile.slabs() * tile.mapPositions() * vectors)
        .forEach(
            code,
            (body, vector) -> {
              Var lane = body.let("lane", vector.remainder(vectors).times(VECTOR));
              Var position = body.let("position", vector.quotient(vectors).remainder(tile.mapPositions()));
              Var slab = body.let("slab", vector.quotient(vectors * tile.mapPositions()));
              Var y = body.let("y", position.quotient(tile.computed(1)).plus(place.mapTop()));
              Var x = body.let("x", position.remainder(tile.computed(1)).plus(place.mapLeft()));
              Expr line = place.image().times(input.slabs()).plus(slab).times(block.height()).plus(y);
              Expr from = line.times(block.width()).plus(x).times(LANES).plus(lane);
              Var numbers = body.let("x", memory.load(kernel.step().input(), from, VECTOR));
              Var to = body.let("to", slab.times(LANES).plus(lane).times(tile.mapStride()).plus(position));
              for (int i = 0; i < VECTOR; i++) {
                body.store(samples, to.plus(i * tile.mapStride()), numbers.lane(i));
              }
            });
  }

  /** Beside the map there are zeros, which nobody writes over. */
  private void clear(Code code) {
    new Share(item, tile.items(), tile.expanded() / VECTOR)
        .forEach(
            code,
            (body, vector) ->
                body.store(expanded, vector.times(VECTOR), Expr.constant(DataType.F32.withLanes(VECTOR), 0)));
  }

  private void expand(Code code, Expr chunk) {
    map.start(code, memory.parameters(kernel.expansionBias()), chunk.times(tile.chunk()));
    map.multiply(code, samples, tile.mapStride(), expansionWeights, tile.chunk(), block.channels());
    map.forEach(
        code,
        (row, sum) -> {
          Var position = code.let("position", row);
          Var y = code.let("y", position.quotient(tile.computed(1)).plus(place.mapTop()).minus(place.top()));
          Var x = code.let("x", position.remainder(tile.computed(1)).plus(place.mapLeft()).minus(place.left()));
          Var to = code.let("to", y.times(tile.window(1)).plus(x).times(tile.cell()).plus(map.column()));
          Expr read = within(y, tile.window(0)).and(within(x, tile.window(1)));
          code.when(
              read.and(position.lessThan(tile.mapPositions())),
              then -> then.store(expanded, to, Vectors.apply(kernel.step().before(), sum)));
        });
  }

  private static Expr within(Expr index, int extent) {
    return index.atLeast(0).and(index.lessThan(extent));
  }

  private void project(Code code) {
    output.multiply(code, deep, tile.stride(), projectionWeights, tile.outputLanes(), tile.chunk());
  }

  private void finish(Code code) {
    Layout.Slabbed result = kernel.step().output().slabbed();
    // By names: in the address of a vector that is stored, TVM would begin statements for a division.
    Var slab = code.let("slab", place.image().times(result.slabs()).plus(output.column().quotient(LANES)));
    Var lane = code.let("lane", output.column().remainder(LANES));
    output.forEach(
        code,
        (position, sum) -> {
          Var y = code.let("y", position.quotient(tile.width()).plus(place.row()));
          Var x = code.let("x", position.remainder(tile.width()).plus(place.column()));
          Expr line = slab.times(result.height()).plus(y).times(result.width()).plus(x);
          Var offset = code.let("offset", line.times(LANES).plus(lane));
          Expr inside = y.lessThan(result.height()).and(x.lessThan(result.width()));
          code.when(inside.and(position.lessThan(tile.positions())), then -> finish(then, offset, sum));
        });
  }

  private void finish(Code code, Expr offset, Expr sum) {
    Expr value = sum;
    if (kernel.step().projection().residual().isPresent()) {
      value = value.plus(memory.load(kernel.step().projection().residual().orElseThrow(), offset, VECTOR));
    }
    Expr result = Vectors.apply(kernel.step().projection().activation(), value);
    code.add(memory.store(kernel.step().output(), offset, result));
  }
}
