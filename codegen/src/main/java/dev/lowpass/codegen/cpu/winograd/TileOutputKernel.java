package dev.lowpass.codegen.cpu.winograd;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * act(A^T m A + b + residual) for neighbouring tiles in one slab, of which only what lies on the map is written.
 *
 * <p>C signature: (m, b, [residual], between, y, rows, columns): {@code y} and {@code residual} are the first
 * tile's first output, {@code rows} outputs of each tile below each other lie on the map, {@code columns} side by
 * side, {@code between} is scratch of {@link #scratch} elements.
 *
 * @param width of the map
 * @param pitch elements from one position of m to the next
 */
record TileOutputKernel(TileForm form, int width, int pitch, Epilogue epilogue)
    implements Kernel<TileOutputKernel.Call> {
  /** A call for one strip and slab. */
  static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    Call m(Expr address) {
      pass("m", address);
      return this;
    }

    Call bias(Expr address) {
      pass("b", address);
      return this;
    }

    Call between(Expr address) {
      pass("between", address);
      return this;
    }

    Call residual(Optional<Expr> address) {
      address.ifPresent(present -> pass("residual", present));
      return this;
    }

    Call y(Expr address) {
      pass("y", address);
      return this;
    }

    /** How many outputs there are below each other and side by side. */
    Call outputs(Expr rows, Expr columns) {
      pass("rows", rows);
      pass("columns", columns);
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  int scratch() {
    return form.outputs() * form.extent() * LANES;
  }

  @Override
  public Function build(String name) {
    return new Writer(this).build(name);
  }

  /** The buffers of one kernel while it is written. */
  private static final class Writer {
    private final TileOutputKernel kernel;
    private final TileForm form;
    private final LineTransform transform;
    private final Buffer m = Buffer.f32("m", Buffer.UNCHECKED);
    private final Buffer b = Buffer.f32("b", Buffer.UNCHECKED);
    private final Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    private final Buffer between = Buffer.f32("between", Buffer.UNCHECKED);
    private final Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    private final Var rows = Var.i32("rows");
    private final Var columns = Var.i32("columns");

    Writer(TileOutputKernel kernel) {
      this.kernel = kernel;
      this.form = kernel.form;
      this.transform = new LineTransform(form);
    }

    Function build(String name) {
      List<Parameter> parameters = new ArrayList<>(List.of(m, b));
      if (kernel.epilogue.residual()) {
        parameters.add(added);
      }
      parameters.addAll(List.of(between, y, rows, columns));
      return Function.kernel(
          name,
          parameters,
          Code.of(
              code -> {
                Var whole = code.let("whole", columns.floorDiv(form.outputs()));
                code.loop("tile", whole, (body, tile) -> tile(body, tile, form.outputs()));
                for (int width = 1; width < form.outputs(); width++) {
                  int rest = width;
                  Expr left = columns.minus(whole.times(form.outputs()));
                  code.when(left.equalTo(rest), body -> tile(body, whole, rest));
                }
              }));
    }

    private void tile(Code code, Expr tile, int width) {
      code.loop(
          "column",
          form.extent(),
          (body, column) -> {
            List<Expr> products = new ArrayList<>();
            for (int i = 0; i < form.extent(); i++) {
              Expr position = column.plus((long) i * form.extent());
              Expr at = tile.times(LANES).plus(position.times(kernel.pitch));
              products.add(body.let("m" + i, m.load(at, LANES)));
            }
            List<Expr> transformed = transform.output(body, products);
            for (int i = 0; i < form.outputs(); i++) {
              body.store(between, column.plus((long) i * form.extent()).times(LANES), transformed.get(i));
            }
          });
      code.loop("row", rows, (body, row) -> row(body, tile, row, width));
    }

    private void row(Code code, Expr tile, Expr row, int width) {
      List<Expr> line = new ArrayList<>();
      for (int j = 0; j < form.extent(); j++) {
        Expr at = row.times(form.extent()).plus(j).times(LANES);
        line.add(code.let("z" + j, between.load(at, LANES)));
      }
      List<Expr> outputs = transform.output(code, line);
      for (int j = 0; j < width; j++) {
        Expr at = row.times(kernel.width).plus(tile.times(form.outputs())).plus(j).times(LANES);
        Expr sum = outputs.get(j).plus(b.load(Expr.i32(0), LANES));
        code.store(y, at, kernel.epilogue.apply(sum, () -> added.load(at, LANES)));
      }
    }
  }
}
