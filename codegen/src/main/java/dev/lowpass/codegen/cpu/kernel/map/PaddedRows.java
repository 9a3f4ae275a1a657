package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.codegen.tir.llvm.Bfloats;
import java.util.List;

/**
 * Rows of a map rounded to bfloat16, with the zeros that stand around it: [step][row][column][32 channels].
 *
 * <p>C signature: (x, to, first, rows): {@code x} is one image in slabs, {@code first} the first row, which may lie above
 * the map.
 *
 * @param before columns of zeros on the left
 * @param columns of a row with the zeros on both sides
 * @param between elements of 32 bits from one step to the next
 */
public record PaddedRows(int channels, int height, int width, int before, int columns, int between)
    implements Kernel<PaddedRows.Call> {
  /** A call for some rows. */
  public static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    public Call x(Expr address) {
      pass("x", address);
      return this;
    }

    public Call to(Expr address) {
      pass("to", address);
      return this;
    }

    /** Rows {@code first} to {@code first + count} of the map. */
    public Call rows(Expr first, Expr count) {
      pass("first", first);
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
    Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    Buffer to = Buffer.f32("to", Buffer.UNCHECKED);
    Var first = Var.i32("first");
    Var rows = Var.i32("rows");
    return Function.kernel(
        name,
        List.of(x, to, first, rows),
        Bfloats.rounding(
            Code.of(
                code ->
                    code.loop(
                        "row",
                        rows,
                        (body, index) -> {
                          Var row = body.let("mapRow", first.plus(index));
                          Var start = body.let("start", index.times(columns * LANES));
                          body.when(
                              row.atLeast(0).and(row.lessThan(height)),
                              inside -> {
                                clear(inside, to, start, 0, before);
                                inside.add(
                                    Bfloats.round(
                                        x.address(row.times(width * LANES)),
                                        Expr.i32(height * width * LANES),
                                        Expr.i32(LANES),
                                        Expr.i32(width),
                                        Expr.i32(channels),
                                        to.address(start.plus(before * LANES)),
                                        Expr.i32(between)));
                                clear(inside, to, start, before + width, columns);
                              },
                              outside -> clear(outside, to, start, 0, columns));
                        }))));
  }

  /** Columns {@code from} to {@code end} of a row. */
  private void clear(Code code, Buffer to, Expr start, int from, int end) {
    if (from < end) {
      code.loop(
          "step",
          Math.ceilDiv(channels, Bfloats.CHANNELS),
          (steps, step) ->
              steps.loop(
                  "column",
                  end - from,
                  (body, column) -> {
                    Expr at = start.plus(step.times(between)).plus(column.plus(from).times(LANES));
                    body.store(to, at, Expr.f32(0).broadcast(LANES));
                  }));
    }
  }
}
