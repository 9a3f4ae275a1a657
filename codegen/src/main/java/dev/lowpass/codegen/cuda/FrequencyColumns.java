package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.emit.BlockGrid;
import dev.lowpass.codegen.emit.Butterfly;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.emit.RegisterPool;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * The columns of blocks of coefficients, as transforms read and write them: of a column the frequencies that are among the
 * first {@code level} of the block.
 *
 * @param order where the parameters say which place every frequency has
 */
record FrequencyColumns(BlockGrid grid, int order, int level) {
  static FrequencyColumns of(Parameters parameters, Layout.Coefficients map, int level) {
    BlockGrid grid = new BlockGrid(map);
    return new FrequencyColumns(grid, parameters.add(grid.order()), Math.max(1, level));
  }

  /** How many columns have any. */
  int count() {
    return grid.retainedColumns(level);
  }

  private Var index(Code code, KernelMemory memory, Expr v, int u) {
    Expr frequency = v.plus(u * grid.width());
    return code.let("index", memory.parameters(order).load(frequency).reinterpret(DataType.I32));
  }

  /**
   * What the inverse transform makes of column {@code v}.
   *
   * @param load the coefficient at a place in coefficient order
   */
  Register[] inverse(Code code, KernelMemory memory, RegisterPool pool, Expr v, UnaryOperator<Expr> load) {
    Register[] coefficients = new Register[grid.retainedRows(level)];
    for (int u = 0; u < coefficients.length; u++) {
      Var index = index(code, memory, v, u);
      coefficients[u] = pool.holding(index.lessThan(level).ifThenElse(load.apply(index), Expr.f32(0)));
    }
    return Butterfly.inverse(pool, coefficients, grid.height());
  }

  /**
   * Makes column {@code v} of {@code samples}, which are released.
   *
   * @param store takes the place in coefficient order and the coefficient
   */
  void forward(
      Code code, KernelMemory memory, RegisterPool pool, Expr v, Register[] samples, BiConsumer<Var, Expr> store) {
    Register[] transformed = Butterfly.forward(pool, samples, grid.retainedRows(level), 1);
    for (int u = 0; u < transformed.length; u++) {
      store.accept(index(code, memory, v, u), transformed[u].get());
    }
  }
}
