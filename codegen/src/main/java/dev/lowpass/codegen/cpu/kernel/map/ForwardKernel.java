package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The forward transform of one slab's block rows, of a depthwise convolution's output or of the map itself.
 *
 * <p>C signature: (map, scratch, w, [mask], y, blockRow, blockRows, mapRow): {@code map} starts at input row {@code
 * mapRow}; {@code y} is the slab of coefficients. Without a depthwise convolution {@code w} is not read.
 */
public record ForwardKernel(Optional<DepthwiseTile> depthwise, ForwardPass pass) implements Kernel<ForwardKernel.Call> {
  /** A call for one slab. */
  public static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    /** @param row which row of the input lies there */
    public Call map(Expr address, Expr row) {
      pass("map", address);
      pass("mapRow", row);
      return this;
    }

    /** The address of {@link ForwardPass#scratchElements} elements. */
    public Call scratch(Expr address) {
      pass("scratch", address);
      return this;
    }

    /** The address of taps and bias; any where there is no depthwise convolution. */
    public Call taps(Expr address) {
      pass("w", address);
      return this;
    }

    /** The address of the slab's {@link Masks}, if coefficients are masked. */
    public Call mask(Optional<Expr> address) {
      address.ifPresent(present -> pass("mask", present));
      return this;
    }

    public Call y(Expr address) {
      pass("y", address);
      return this;
    }

    /** Rows {@code first} to {@code first + count} of blocks. */
    public Call blockRows(Expr first, Expr count) {
      pass("blockRow", first);
      pass("blockRows", count);
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  @Override
  public Function build(String name) {
    Buffer map = Buffer.f32("map", Buffer.UNCHECKED);
    Buffer scratch = Buffer.f32("scratch", Buffer.UNCHECKED);
    Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
    Buffer mask = Buffer.f32("mask", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var firstRow = Var.i32("blockRow");
    Var rows = Var.i32("blockRows");
    Var mapRow = Var.i32("mapRow");
    List<Parameter> parameters = new ArrayList<>(List.of(map, scratch, w));
    if (pass.masked()) {
      parameters.add(mask);
    }
    parameters.addAll(List.of(y, firstRow, rows, mapRow));
    BlockGrid grid = pass.grid();
    return Function.kernel(
        name,
        parameters,
        Code.of(
            code -> {
              Register[] weights =
                  depthwise.map(tile -> tile.weights(new RegisterPool(code), w)).orElse(new Register[0]);
              code.loop(
                  "index",
                  rows,
                  (rowCode, index) -> {
                    Var blockRow = rowCode.let("row", firstRow.plus(index));
                    forEachBlock(
                        rowCode,
                        (body, place) -> {
                          Expr block =
                              blockRow.times(grid.blockColumns()).plus(place.column().floorDiv(grid.width()));
                          pass.write(
                              body,
                              scratch,
                              y,
                              mask,
                              body.let("block", block),
                              (inner, pool, i) ->
                                  samples(inner, pool, map, mapRow, weights, blockRow.times(grid.height()).plus(i), place));
                        });
                  });
            }));
  }

  private void forEachBlock(Code code, BiConsumer<Code, DepthwiseTile.Place> body) {
    BlockGrid grid = pass.grid();
    if (depthwise.isPresent()) {
      depthwise.orElseThrow().forEachTile(code, grid.width(), body);
    } else {
      code.loop(
          "blockColumn",
          grid.blockColumns(),
          (inner, index) -> {
            Expr column = index.times(grid.width());
            body.accept(inner, new DepthwiseTile.Place(column, DepthwiseTile.Place.INSIDE, grid.width()));
          });
    }
  }

  private Register[] samples(
      Code code,
      RegisterPool pool,
      Buffer map,
      Expr mapRow,
      Register[] weights,
      Expr row,
      DepthwiseTile.Place place) {
    if (depthwise.isPresent()) {
      return depthwise.orElseThrow().compute(code, pool, map, DepthwiseTile.MapRows.from(mapRow), weights, row, place);
    }
    int height = pass.grid().layout().height();
    int width = pass.grid().layout().width();
    // Blocks that reach beyond the map see its last row and column again.
    Expr inside = pass.grid().divides() ? row : row.min(height - 1);
    Register[] samples = new Register[place.count()];
    for (int q = 0; q < samples.length; q++) {
      Expr column = place.column().plus(q);
      Expr at = pass.grid().divides() ? column : column.min(width - 1);
      samples[q] = pool.holding(map.load(inside.minus(mapRow).times(width).plus(at).times(LANES), LANES));
    }
    return samples;
  }
}
