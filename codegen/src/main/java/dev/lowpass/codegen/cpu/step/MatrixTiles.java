package dev.lowpass.codegen.cpu.step;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Memory;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.Shape;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A product of computed matrices; an item is a tile of the result, whose sums stay in registers. The last tiles of rows
 * and columns may begin before the ones before them end.
 *
 * @param rows of a tile
 * @param vectors of columns of a tile
 * @param lanes columns of a vector
 */
public record MatrixTiles(MultiplyStep step, int rows, int vectors, int lanes) implements ElementFunction {
  private static final int LEAST_LANES = 4;

  /** Tiles for {@code machine}, of a product for which {@link #suits} holds. */
  public static MatrixTiles of(MultiplyStep step, Machine machine) {
    Shape shape = step.output().shape();
    int lanes = Math.min(Layout.LANES, Integer.highestOneBit(shape.dim(-1)));
    return new MatrixTiles(
        step,
        Math.min(machine.tile().rows(), shape.dim(-2)),
        Math.min(machine.tile().vectors(), shape.dim(-1) / lanes),
        lanes);
  }

  /** Whether rows of the result are as long as a short vector, and all numbers are of one word. */
  public static boolean suits(MultiplyStep step) {
    return step.output().shape().dim(-1) >= LEAST_LANES
        && step.output().element().isFloating()
        && step.reads().stream().allMatch(Memory::isVector);
  }

  private int rowTiles() {
    return Math.ceilDiv(step.output().shape().dim(-2), rows);
  }

  private int columnTiles() {
    return Math.ceilDiv(step.output().shape().dim(-1), vectors * lanes);
  }

  private Shape batch() {
    return batch(step.output().shape());
  }

  private static Shape batch(Shape shape) {
    return new Shape(shape.dims().subList(0, shape.rank() - 2));
  }

  private int depth() {
    return step.left().shape().dim(-1);
  }

  @Override
  public long count() {
    return batch().elements() * rowTiles() * columnTiles();
  }

  @Override
  public long weight() {
    return (long) depth() * rows * vectors;
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Shape shape = step.output().shape();
    Expr columnTile = index.floorMod(columnTiles());
    Expr rowTile = index.floorDiv(columnTiles()).floorMod(rowTiles());
    Expr matrix = index.floorDiv((long) columnTiles() * rowTiles());
    Expr column = code.let("column", columnTile.times(vectors * lanes).min(shape.dim(-1) - vectors * lanes));
    Expr row = code.let("row", rowTile.times(rows).min(shape.dim(-2) - rows));
    Expr left = code.let("left", matrix(step.left(), matrix).plus(row.times(depth())));
    Expr right = code.let("right", matrix(step.right(), matrix).plus(column));
    List<Register> sums = new ArrayList<>();
    for (int i = 0; i < rows * vectors; i++) {
      Register sum = code.register("sum" + i, DataType.F32.withLanes(lanes));
      code.add(sum.set(Expr.f32(0)));
      sums.add(sum);
    }
    code.loop("k", depth(), (body, k) -> multiply(body, memory, left.plus(k), right, k, sums));
    long elements = (long) shape.dim(-2) * shape.dim(-1);
    Expr target = matrix.times(elements).plus(row.times(shape.dim(-1))).plus(column);
    Expr first = code.let("target", target);
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        Expr place = first.plus(r * shape.dim(-1) + v * lanes);
        code.add(memory.store(step.output(), place, sums.get(r * vectors + v).get()));
      }
    }
  }

  private void multiply(Code code, Memory memory, Expr left, Expr right, Expr k, List<Register> sums) {
    List<Expr> columns = new ArrayList<>();
    for (int v = 0; v < vectors; v++) {
      Expr place = right.plus(k.times(step.right().shape().dim(-1))).plus(v * lanes);
      columns.add(code.let("b" + v, memory.load(step.right(), place, lanes)));
    }
    for (int r = 0; r < rows; r++) {
      Expr a = code.let("a" + r, memory.load(step.left(), left.plus((long) r * depth())));
      for (int v = 0; v < vectors; v++) {
        code.add(sums.get(r * vectors + v).add(a.broadcast(lanes).times(columns.get(v))));
      }
    }
  }

  /** Where the matrix of {@code slot} begins that goes into number {@code matrix} of the results. */
  private Expr matrix(Slot slot, Expr matrix) {
    Shape own = batch(slot.shape());
    Shape all = batch();
    long pitch = (long) slot.shape().dim(-2) * slot.shape().dim(-1);
    Expr offset = Expr.i32(0);
    Expr rest = matrix;
    for (int axis = all.rank() - 1; axis >= 0; axis--) {
      int ownAxis = axis - (all.rank() - own.rank());
      Expr at = axis == 0 ? rest : rest.floorMod(all.dim(axis));
      rest = rest.floorDiv(all.dim(axis));
      if (ownAxis >= 0 && own.dim(ownAxis) > 1) {
        offset = offset.plus(at.times(pitch));
      }
      if (ownAxis >= 0) {
        pitch *= own.dim(ownAxis);
      }
    }
    return offset;
  }
}
