package dev.lowpass.codegen.cpu.winograd;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * B^T d B for a strip of tiles in one slab. Columns first, which neighbouring tiles share, then rows; what lies beside
 * the map is zero.
 *
 * <p>C signature: (x, between, v, top, left): {@code x} is the slab, {@code top} and {@code left} the strip's first
 * sample, {@code between} scratch of {@link #scratch} elements.
 *
 * @param tiles of the strip
 * @param pitch elements from one position of v to the next
 */
record TileInputKernel(TileForm form, int height, int width, int tiles, int pitch)
    implements Kernel<TileInputKernel.Call> {
  /** A call for one strip and slab. */
  static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    Call x(Expr address) {
      pass("x", address);
      return this;
    }

    Call between(Expr address) {
      pass("between", address);
      return this;
    }

    Call v(Expr address) {
      pass("v", address);
      return this;
    }

    /** The first sample, which may lie beside the map. */
    Call from(Expr row, Expr column) {
      pass("top", row);
      pass("left", column);
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  private int columns() {
    return tiles * form.outputs() + TileForm.TAPS - 1;
  }

  int scratch() {
    return form.extent() * columns() * LANES;
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  /** The buffers of one kernel while it is written. */
  private static final class Writer {
    private final TileInputKernel kernel;
    private final TileForm form;
    private final LineTransform transform;
    private final Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    private final Buffer between = Buffer.f32("between", Buffer.UNCHECKED);
    private final Buffer v = Buffer.f32("v", Buffer.UNCHECKED);
    private final Var top = Var.i32("top");
    private final Var left = Var.i32("left");

    Writer(TileInputKernel kernel) {
      this.kernel = kernel;
      this.form = kernel.form;
      this.transform = new LineTransform(form);
    }

    Function build(String name) {
      return Function.kernel(
          name,
          List.of(x, between, v, top, left),
          Code.of(
              code -> {
                Expr inside = top.atLeast(0).and(top.plus(form.extent() - 1).lessThan(kernel.height));
                code.when(inside, body -> columns(body, false), border -> columns(border, true));
                code.loop("row", form.extent(), this::tiles);
              }));
    }

    private void columns(Code code, boolean guarded) {
      code.loop(
          "column",
          kernel.columns(),
          (body, column) -> {
            Var at = body.let("at", left.plus(column));
            Expr beside = at.lessThan(0).or(at.atLeast(kernel.width));
            body.when(beside, zeros -> zeros(zeros, column), inner -> column(inner, column, at, guarded));
          });
    }

    private void zeros(Code code, Expr column) {
      for (int i = 0; i < form.extent(); i++) {
        code.store(between, between(Expr.i32(i), column), Expr.f32(0).broadcast(LANES));
      }
    }

    private void column(Code code, Expr column, Expr at, boolean guarded) {
      List<Expr> samples = new ArrayList<>();
      for (int i = 0; i < form.extent(); i++) {
        Expr row = top.plus(i);
        Expr loaded = x.load(row.times(kernel.width).plus(at).times(LANES), LANES);
        Expr inside = row.atLeast(0).and(row.lessThan(kernel.height));
        samples.add(code.let("d" + i, guarded ? inside.ifThenElse(loaded, Expr.f32(0)) : loaded));
      }
      List<Expr> transformed = transform.input(code, samples);
      for (int i = 0; i < form.extent(); i++) {
        code.store(between, between(Expr.i32(i), column), transformed.get(i));
      }
    }

    private void tiles(Code code, Expr row) {
      code.loop(
          "tile",
          kernel.tiles,
          (body, tile) -> {
            List<Expr> samples = new ArrayList<>();
            for (int j = 0; j < form.extent(); j++) {
              Expr column = tile.times(form.outputs()).plus(j);
              samples.add(body.let("d" + j, between.load(between(row, column), LANES)));
            }
            List<Expr> transformed = transform.input(body, samples);
            for (int j = 0; j < form.extent(); j++) {
              Expr position = row.times(form.extent()).plus(j);
              body.store(v, tile.times(LANES).plus(position.times(kernel.pitch)), transformed.get(j));
            }
          });
    }

    private Expr between(Expr row, Expr column) {
      return column.plus(row.times(kernel.columns())).times(LANES);
    }
  }
}
