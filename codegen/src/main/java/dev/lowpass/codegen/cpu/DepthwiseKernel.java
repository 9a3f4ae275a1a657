package dev.lowpass.codegen.cpu;

import static dev.lowpass.codegen.plan.Layout.LANES;

import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tvm.Buffer;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Function;
import dev.lowpass.codegen.tvm.Register;
import dev.lowpass.codegen.tvm.Var;
import java.util.List;

/**
 * Depthwise convolution of one slab, spatial to spatial.
 *
 * <p>C signature: (map, w, y, row, rows, mapRow): output rows {@code row} to {@code row + rows}; {@code map} starts at input row
 * {@code mapRow}, {@code y} at output row 0.
 */
record DepthwiseKernel(DepthwiseTile tile, int columns) {
  Function build(String name) {
    Buffer map = Buffer.f32("map", Integer.MAX_VALUE);
    Buffer w = Buffer.f32("w", Integer.MAX_VALUE);
    Buffer y = Buffer.f32("y", Integer.MAX_VALUE);
    Var first = Var.i32("row");
    Var rows = Var.i32("rows");
    Var mapRow = Var.i32("mapRow");
    return Function.kernel(
        name,
        List.of(map, w, y, first, rows, mapRow),
        Code.of(
            code -> {
              Register[] weights = tile.weights(new RegisterPool(code), w);
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
                              tile.compute(body, new RegisterPool(body), map, mapRow, weights, row, place);
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
}
