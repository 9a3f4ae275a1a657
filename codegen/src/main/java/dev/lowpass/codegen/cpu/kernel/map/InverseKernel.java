package dev.lowpass.codegen.cpu.kernel.map;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.cpu.kernel.Epilogue;
import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Butterfly;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inverse transform of one slab: the first {@code level} coefficients of every block to act(map + residual).
 *
 * <p>C signature: (x, scratch, [residual], y, blockRow, blockRows); {@code residual} and {@code y} are maps that start
 * at row 0.
 *
 */
public record InverseKernel(BlockGrid grid, int level, Epilogue epilogue, Output output)
    implements Kernel<InverseKernel.Call> {
  /** What y is. */
  public enum Output {
    MAP,
    /** One vector, the mean of all rows. */
    MEAN
  }

  /** A call for one slab. */
  public static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    public Call x(Expr address) {
      pass("x", address);
      return this;
    }

    /** The address of as many elements as a block has in a slab. */
    public Call scratch(Expr address) {
      pass("scratch", address);
      return this;
    }

    public Call residual(Optional<Expr> address) {
      address.ifPresent(present -> pass("residual", present));
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
    Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    Buffer scratch = Buffer.f32("scratch", Buffer.UNCHECKED);
    Buffer added = Buffer.f32("residual", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var firstRow = Var.i32("blockRow");
    Var rows = Var.i32("blockRows");
    List<Parameter> parameters = new ArrayList<>(List.of(x, scratch));
    if (epilogue.residual()) {
      parameters.add(added);
    }
    parameters.addAll(List.of(y, firstRow, rows));
    return Function.kernel(
        name,
        parameters,
        Code.of(
            code -> {
              if (output == Output.MEAN) {
                Register sum = code.register("sum", RegisterPool.VECTOR);
                code.add(sum.set(Expr.f32(0).broadcast(LANES)));
                blocks(code, x, scratch, added, firstRow, rows, (_, sample) -> sum.add(sample));
                int samples = grid.layout().height() * grid.layout().width();
                code.store(y, Expr.i32(0), sum.get().times(1.0 / samples));
              } else {
                blocks(code, x, scratch, added, firstRow, rows, y::store);
              }
            }));
  }

  /** What becomes of a sample whose place in the map is {@code at}. */
  private interface Keep {
    Stmt sample(Expr at, Expr sample);
  }

  private void blocks(Code code, Buffer x, Buffer scratch, Buffer added, Expr firstRow, Expr rows, Keep keep) {
    code.loop(
        "index",
        rows,
        (rowCode, index) -> {
          Var blockRow = rowCode.let("row", firstRow.plus(index));
          rowCode.loop(
              "blockColumn",
              grid.blockColumns(),
              (body, blockColumn) -> {
                columns(body, x, scratch, blockRow.times(grid.blockColumns()).plus(blockColumn));
                rows(body, scratch, added, keep, blockRow, blockColumn);
              });
        });
  }

  private void columns(Code code, Buffer x, Buffer scratch, Expr block) {
    RegisterPool pool = new RegisterPool(code);
    for (int v = 0; v < grid.retainedColumns(level); v++) {
      Register[] coefficients = new Register[grid.retainedOfColumn(v, level)];
      for (int u = 0; u < coefficients.length; u++) {
        Expr row = block.plus(grid.index(u, v) * grid.blocks());
        coefficients[u] = pool.holding(x.load(row.times(LANES), LANES));
      }
      Register[] samples = Butterfly.inverse(pool, coefficients, grid.height());
      for (int i = 0; i < samples.length; i++) {
        code.store(scratch, Expr.i32((i * grid.width() + v) * LANES), samples[i].get());
      }
      pool.release(samples);
    }
  }

  private void rows(Code code, Buffer scratch, Buffer added, Keep keep, Expr blockRow, Expr blockColumn) {
    int height = grid.layout().height();
    int width = grid.layout().width();
    code.loop(
        "i",
        grid.height(),
        (body, i) -> {
          RegisterPool pool = new RegisterPool(body);
          Register[] coefficients = new Register[grid.retainedColumns(level)];
          for (int v = 0; v < coefficients.length; v++) {
            coefficients[v] = pool.holding(scratch.load(i.times(grid.width()).plus(v).times(LANES), LANES));
          }
          Register[] samples = Butterfly.inverse(pool, coefficients, grid.width());
          Expr row = blockRow.times(grid.height()).plus(i);
          for (int q = 0; q < samples.length; q++) {
            Expr column = blockColumn.times(grid.width()).plus(q);
            Expr at = row.times(width).plus(column).times(LANES);
            Expr result = epilogue.apply(samples[q].get(), () -> added.load(at, LANES));
            if (grid.divides()) {
              body.add(keep.sample(at, result));
            } else {
              body.when(
                  row.lessThan(height).and(column.lessThan(width)), inside -> inside.add(keep.sample(at, result)));
            }
          }
        });
  }
}
