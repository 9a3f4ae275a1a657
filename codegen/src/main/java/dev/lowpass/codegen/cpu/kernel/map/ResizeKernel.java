package dev.lowpass.codegen.cpu.kernel.map;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/**
 * Some rows of a row-major map on another grid. Columns first: vectors of neighbours of a row, summed over the rows
 * that an output reads, into a scratch of [rows][pitch]. Then rows: a vector of neighbouring outputs is a product of the
 * window of inputs that they read, each in all lanes, with a matrix that has zeros where an output does not read an
 * input; all rows at once, so that sums do not wait for themselves.
 *
 * <p>C signature: (x, top, v, left, h, scratch, y, row): {@code x} and {@code y} are maps, {@code row} is the first
 * output row. {@code top} and {@code left} are integers: the first input row of each output row, the first input column
 * of each block of outputs. {@code v} is [output row][taps], {@code h} [block][window][lane].
 *
 * @param width of the input, at least a vector
 * @param outputWidth at least a vector
 * @param rows outputs at a time
 * @param taps input rows that an output row is a sum of
 * @param window input columns that a block of outputs reads
 * @param lanes outputs of a block; the last block begins so that it ends with the row
 */
public record ResizeKernel(int width, int outputWidth, int rows, int taps, int window, int lanes)
    implements Kernel<ResizeKernel.Call> {
  /** Vectors that are summed at a time. */
  private static final int MOST_VECTORS = 8;

  /** A call for a map and its rows from one on. */
  public static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    public Call x(Expr address) {
      pass("x", address);
      return this;
    }

    /** The weights of columns: first rows and weights. */
    public Call vertical(Expr first, Expr weights) {
      pass("top", first);
      pass("v", weights);
      return this;
    }

    /** The weights of rows: first columns and weights of blocks. */
    public Call horizontal(Expr first, Expr weights) {
      pass("left", first);
      pass("h", weights);
      return this;
    }

    /** The address of {@link #scratchElements} elements. */
    public Call scratch(Expr address) {
      pass("scratch", address);
      return this;
    }

    public Call y(Expr address) {
      pass("y", address);
      return this;
    }

    public Call row(Expr first) {
      pass("row", first);
      return this;
    }
  }

  /** This kernel for fewer rows. */
  public ResizeKernel withRows(int fewer) {
    return new ResizeKernel(width, outputWidth, fewer, taps, window, lanes);
  }

  public int scratchElements() {
    return rows * pitch();
  }

  /** A row of scratch; whole vectors. */
  private int pitch() {
    return Math.ceilDiv(width, lanes) * lanes;
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  @Override
  public Function build(String name) {
    Buffer x = Buffer.f32("x", Buffer.UNCHECKED);
    Buffer top = Buffer.i32("top", Buffer.UNCHECKED);
    Buffer v = Buffer.f32("v", Buffer.UNCHECKED);
    Buffer left = Buffer.i32("left", Buffer.UNCHECKED);
    Buffer h = Buffer.f32("h", Buffer.UNCHECKED);
    Buffer scratch = Buffer.f32("scratch", Buffer.UNCHECKED);
    Buffer y = Buffer.f32("y", Buffer.UNCHECKED);
    Var row = Var.i32("row");
    return Function.kernel(
        name,
        List.of(x, top, v, left, h, scratch, y, row),
        Code.of(
            code -> {
              code.loop(
                  "index",
                  rows,
                  (body, index) -> {
                    Var output = body.let("output", row.plus(index));
                    Var source = body.let("source", top.load(output).times(width));
                    columns(body, x, source, v, output.times(taps), scratch, index.times(pitch()));
                  });
              code.loop(
                  "block",
                  Math.ceilDiv(outputWidth, lanes),
                  (body, block) -> {
                    Var first = body.let("first", left.load(block));
                    Expr column = body.let("column", block.times(lanes).min(outputWidth - lanes));
                    block(body, scratch, first, h, block.times(window * lanes), y, row.times(outputWidth).plus(column));
                  });
            }));
  }

  /** One row of scratch, in runs of as many vectors as are left over nowhere; the last vector ends with the row. */
  private void columns(Code code, Buffer x, Expr source, Buffer v, Expr weights, Buffer scratch, Expr target) {
    int vectors = width / lanes;
    int run = MOST_VECTORS;
    while (vectors % run != 0) {
      run--;
    }
    int length = run;
    code.loop(
        "run",
        vectors / length,
        (body, index) -> {
          Var column = body.let("column", index.times(length * lanes));
          sum(body, x, source.plus(column), v, weights, scratch, target.plus(column), length);
        });
    if (width % lanes != 0) {
      int last = width - lanes;
      sum(code, x, source.plus(last), v, weights, scratch, target.plus(last), 1);
    }
  }

  private void sum(
      Code code, Buffer x, Expr source, Buffer v, Expr weights, Buffer scratch, Expr target, int vectors) {
    Register[] sums = zeros(code, vectors);
    code.loop(
        "tap",
        taps,
        (body, tap) -> {
          Var weight = body.let("weight", v.load(weights.plus(tap)));
          Expr from = source.plus(tap.times(width));
          for (int i = 0; i < vectors; i++) {
            body.add(sums[i].add(x.load(from.plus(i * lanes), lanes).times(weight)));
          }
        });
    for (int i = 0; i < vectors; i++) {
      code.store(scratch, target.plus(i * lanes), sums[i].get());
    }
  }

  /** One block of outputs in all rows. */
  private void block(Code code, Buffer scratch, Expr first, Buffer h, Expr weights, Buffer y, Expr target) {
    Register[] sums = zeros(code, rows);
    code.loop(
        "input",
        window,
        (body, input) -> {
          Var weight = body.let("weight", h.load(weights.plus(input.times(lanes)), lanes));
          for (int r = 0; r < rows; r++) {
            body.add(sums[r].add(scratch.load(first.plus(input).plus(r * pitch())).times(weight)));
          }
        });
    for (int r = 0; r < rows; r++) {
      code.store(y, target.plus(r * outputWidth), sums[r].get());
    }
  }

  private Register[] zeros(Code code, int count) {
    Register[] sums = new Register[count];
    for (int i = 0; i < count; i++) {
      sums[i] = code.register("sum", DataType.F32.withLanes(lanes));
      code.add(sums[i].set(Expr.f32(0)));
    }
    return sums;
  }
}
