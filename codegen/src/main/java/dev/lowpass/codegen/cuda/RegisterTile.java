package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.function.BiConsumer;

/**
 * What one work-item computes of a product whose operands lie in shared memory: some rows times four channels.
 *
 * @param row the first of its rows
 * @param column the first of its channels
 * @param sums a vector for each row, whose number is a multiple of four
 */
record RegisterTile(Expr row, Expr column, Register[] sums) {
  private static final int VECTOR = Operand.VECTOR;

  /** That of {@code item}, where neighbours have neighbouring channels, {@code across} vectors of them. */
  static RegisterTile of(Code code, Expr item, int rows, int across) {
    Var row = code.let("row", item.quotient(across).times(rows));
    Var column = code.let("column", item.remainder(across).times(VECTOR));
    Register[] sums = new Register[rows];
    for (int r = 0; r < rows; r++) {
      sums[r] = code.register("sum", DataType.F32.withLanes(VECTOR));
    }
    return new RegisterTile(row, column, sums);
  }

  /** Begins with the biases of its channels. @param first where the one of the first channel of all lies */
  void start(Code code, Buffer biases, Expr first) {
    Var bias = code.let("bias", biases.load(first.plus(column), VECTOR));
    for (Register sum : sums) {
      code.add(sum.set(bias));
    }
  }

  /**
   * Adds the products of {@code numbers} numbers of each row.
   *
   * @param samples [number][row], {@code stride} apart
   * @param weights [number][channel], {@code channels} apart
   */
  void multiply(Code code, Buffer samples, int stride, Buffer weights, int channels, int numbers) {
    code.loop(
        "k", numbers, (body, k) -> multiply(body, samples, k.times(stride), weights, k.times(channels)));
  }

  /**
   * Adds the products of one number of each row.
   *
   * @param line where {@code samples} has that of the first row of all
   * @param panel where {@code weights} has that of the first channel of all
   */
  void multiply(Code code, Buffer samples, Expr line, Buffer weights, Expr panel) {
    Var weight = code.let("weight", weights.load(panel.plus(column), VECTOR));
    for (int quad = 0; quad < sums.length / VECTOR; quad++) {
      Var sample = code.let("sample", samples.load(line.plus(row).plus(quad * VECTOR), VECTOR));
      for (int i = 0; i < VECTOR; i++) {
        code.add(sums[quad * VECTOR + i].add(sample.lane(i).broadcast(VECTOR).times(weight)));
      }
    }
  }

  /** Hands {@code body} each row with its sum. */
  void forEach(Code code, BiConsumer<Expr, Expr> body) {
    for (int r = 0; r < sums.length; r++) {
      body.accept(code.let("row", row.plus(r)), sums[r].get());
    }
  }
}
