package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.element.Vectors;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Scope;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.SpectralTile;
import dev.lowpass.runtime.tvm.DataType;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A depthwise convolution with the transforms around it: a group has the map in shared memory, with zeros beside it, and
 * every item sums up neighbouring outputs of four channels. Where they are transformed, they take the map's place.
 *
 * @param weights where the parameters hold [slab][taps + 1][lane], the last of which is the bias
 */
record SpectralDepthwiseKernel(
    DepthwiseStep step,
    SpectralTile tile,
    int weights,
    Optional<SpectralInverse> inverse,
    Optional<SpectralForward> forward)
    implements DeviceKernel {
  private static final int VECTOR = Operand.VECTOR;

  static SpectralDepthwiseKernel of(Parameters parameters, DepthwiseStep step, SpectralTile tile) {
    int channels = step.channels();
    float[] taps = Packing.taps(step.weight().floats(), step.bias().floats(), channels, step.window().taps());
    return new SpectralDepthwiseKernel(
        step,
        tile,
        parameters.add(taps),
        step.given()
            .map(given -> FrequencyColumns.of(parameters, coefficients(step.input().layout()), given.longest()))
            .map(columns -> new SpectralInverse(step, tile, columns)),
        step.keep()
            .map(
                keep -> {
                  Layout.Coefficients output = coefficients(step.output().layout());
                  int level = step.exact() ? output.block().size() : keep.longest();
                  FrequencyColumns columns = FrequencyColumns.of(parameters, output, level);
                  return new SpectralForward(step, tile, columns, parameters.add(Packing.slabs(keep)));
                }));
  }

  private static Layout.Coefficients coefficients(Layout layout) {
    return (Layout.Coefficients) layout;
  }

  @Override
  public Grid grid() {
    return Grid.of(tile.groups(), 1, 1, tile.items(), 1);
  }

  @Override
  public void write(Code code, KernelMemory memory, Grid.Place place) {
    Buffer cells = code.buffer("cells", DataType.F32, (long) tile.cells() * tile.lanes(), Scope.SHARED);
    SpectralMap map = SpectralMap.of(code, tile, cells, place);
    stage(code, memory, map);
    code.barrier();
    inverse.ifPresent(
        transform -> {
          transform.rows(code, map);
          code.barrier();
        });
    Register[] sums = new Register[tile.columns()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.register("sum", DataType.F32.withLanes(VECTOR));
    }
    strips(code, map, (then, work) -> convolve(then, memory, map, work, sums));
    if (forward.isPresent()) {
      SpectralForward transform = forward.orElseThrow();
      code.barrier();
      strips(code, map, (then, work) -> keep(then, map, work, sums));
      code.barrier();
      transform.rows(code, map);
      code.barrier();
      transform.columns(code, memory, map);
    } else {
      strips(code, map, (then, work) -> store(then, memory, map, work, sums));
    }
  }

  /** Fills the map: with coefficients of lines or samples, and with zeros beside it. */
  private void stage(Code code, KernelMemory memory, SpectralMap map) {
    int height = tile.layer().height();
    int width = tile.layer().width();
    Var top = code.let("top", map.top());
    map.share(
        code,
        tile.cells(),
        (body, work) -> {
          Var y = body.let("cellRow", work.number().quotient(tile.mapColumns()));
          Var x = body.let("cellColumn", work.number().remainder(tile.mapColumns()));
          Var row = body.let("mapRow", y.plus(top));
          Var column = body.let("mapColumn", x.minus(step.window().before(1)));
          Var at = body.let("cell", map.at(y, x, tile.mapColumns(), work));
          Expr inside =
              row.atLeast(0).and(row.lessThan(height)).and(column.atLeast(0)).and(column.lessThan(width));
          Expr zeros = Expr.constant(DataType.F32.withLanes(VECTOR), 0);
          if (inverse.isPresent()) {
            body.when(inside, _ -> {}, otherwise -> otherwise.store(map.cells(), at, zeros));
          } else {
            Expr from = map.offset(step.input().slabbed(), row.times(width).plus(column), work);
            body.when(
                inside,
                then ->
                    then.store(map.cells(), at, Vectors.apply(step.before(), memory.load(step.input(), from, VECTOR))),
                otherwise -> otherwise.store(map.cells(), at, zeros));
          }
        });
    inverse.ifPresent(transform -> transform.columns(code, memory, map));
  }

  /** Writes {@code body} for items with outputs, of which each has one strip. */
  private void strips(Code code, SpectralMap map, BiConsumer<Code, SpectralMap.Work> body) {
    map.share(code, tile.height() * tile.stripsOfRow(), body);
  }

  private Var row(Code code, SpectralMap.Work work) {
    return code.let("strip", work.number().quotient(tile.stripsOfRow()));
  }

  private Var left(Code code, SpectralMap.Work work) {
    return code.let("left", work.number().remainder(tile.stripsOfRow()).times(tile.columns()));
  }

  private void convolve(Code code, KernelMemory memory, SpectralMap map, SpectralMap.Work work, Register[] sums) {
    Window window = step.window();
    Buffer parameters = memory.parameters(weights);
    Var channel = code.let("channel", map.channel(work));
    int ofSlab = (window.taps() + 1) * LANES;
    Var own = code.let("taps", channel.quotient(LANES).times(ofSlab).plus(channel.remainder(LANES)));
    Var bias = code.let("bias", parameters.load(own.plus(window.taps() * LANES), VECTOR));
    for (Register sum : sums) {
      code.add(sum.set(bias));
    }
    Expr y = row(code, work).times(window.stride(0));
    Expr x = left(code, work).times(window.stride(1));
    Var start = code.let("start", map.at(y, x, tile.mapColumns(), work));
    for (int dy = 0; dy < window.kernel().get(0); dy++) {
      Expr taps = own.plus(dy * window.kernel().get(1) * LANES);
      DepthwiseRow row = DepthwiseRow.of(code, window, parameters, taps, sums);
      int down = dy * window.dilations().get(0) * tile.mapColumns();
      row.forEachColumn(
          column -> {
            Expr sample = map.cells().load(start.plus((down + column) * tile.lanes()), VECTOR);
            row.add(code, column, code.let("s", sample));
          });
    }
  }

  /** Leaves outputs in shared memory, as rows of their map without anything beside it. */
  private void keep(Code code, SpectralMap map, SpectralMap.Work work, Register[] sums) {
    int width = tile.layer().outputExtent(1);
    Var y = row(code, work);
    Var x = left(code, work);
    Var to = code.let("to", map.at(y, x, width, work));
    for (int i = 0; i < sums.length; i++) {
      Expr at = to.plus(i * tile.lanes());
      Expr value = Vectors.apply(step.after(), sums[i].get());
      whereThere(code, x, i, then -> then.store(map.cells(), at, value));
    }
  }

  private void store(Code code, KernelMemory memory, SpectralMap map, SpectralMap.Work work, Register[] sums) {
    Layout.Slabbed output = step.output().slabbed();
    Var y = code.let("outputRow", map.row().plus(row(code, work)));
    Var x = left(code, work);
    Var to = code.let("to", map.offset(output, y.times(output.width()).plus(x), work));
    for (int i = 0; i < sums.length; i++) {
      Expr at = to.plus(i * LANES);
      Expr value = Vectors.apply(step.after(), sums[i].get());
      whereThere(code, x, i, then -> then.add(memory.store(step.output(), at, value)));
    }
  }

  /** Writes {@code body} for output {@code i} of a strip that begins in column {@code x}: the last may be shorter. */
  private void whereThere(Code code, Expr x, int i, Consumer<Code> body) {
    int width = tile.layer().outputExtent(1);
    if (width % tile.columns() == 0) {
      body.accept(code);
    } else {
      code.when(x.plus(i).lessThan(width), body);
    }
  }
}
