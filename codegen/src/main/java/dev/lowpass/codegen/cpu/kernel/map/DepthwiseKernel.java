package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import java.util.List;

/**
 * Depthwise convolution of the first lanes of one slab, spatial to spatial.
 *
 * <p>C signature: (map, w, y, row, rows, mapRow): output rows {@code row} to {@code row + rows}; {@code map} starts at
 * input row {@code mapRow}, {@code y} at output row 0.
 *
 * @param lanes how many; the others of y stay as they are
 * @param ring rows of {@code map} where it is a ring, in which input row r is at (r - mapRow) modulo {@code ring}; 0
 *     where it is whole
 */
public record DepthwiseKernel(DepthwiseTile tile, int lanes, int columns, int ring)
    implements Kernel<DepthwiseKernel.Call> {
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

    /** The address of taps and bias, {@link DepthwiseTile#weightElements} of them. */
    public Call taps(Expr address) {
      pass("w", address);
      return this;
    }

    /** The address of output row 0. */
    public Call y(Expr address) {
      pass("y", address);
      return this;
    }

    /** Rows {@code first} to {@code first + count} of the output. */
    public Call rows(Expr first, Expr count) {
      pass("row", first);
      pass("rows", count);
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
    Buffer w = Buffer.f32("w", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var first = Var.i32("row");
    Var rows = Var.i32("rows");
    Var mapRow = Var.i32("mapRow");
    return Function.kernel(
        name,
        List.of(map, w, y, first, rows, mapRow),
        Code.of(
            code -> {
              Register[] weights = tile.weights(pool(code), w);
              code.loop(
                  "index",
                  rows,
                  (rowCode, index) -> {
                    Var row = rowCode.let("outputRow", first.plus(index));
                    tile.forEachTile(
                        rowCode,
                        columns,
                        (body, place) -> {
                          Register[] sums =
                              tile.compute(body, pool(body), map, rows(mapRow), weights, row, place);
                          for (int q = 0; q < sums.length; q++) {
                            body.store(
                                y,
                                row.times(tile.outputWidth()).plus(place.column()).plus(q).times(LANES),
                                sums[q].get());
                          }
                        });
                  });
            }));
  }

  private RegisterPool pool(Code code) {
    return new RegisterPool(code, RegisterPool.VECTOR.withLanes(lanes));
  }

  private DepthwiseTile.MapRows rows(Expr mapRow) {
    return ring == 0 ? DepthwiseTile.MapRows.from(mapRow) : row -> row.minus(mapRow).floorMod(ring);
  }
}
