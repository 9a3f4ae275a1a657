package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/** The left side of a product: rows of numbers, one for each position of an output map, 16 of each row at a time. */
interface Operand {
  /** Numbers that are loaded at once: neighbours of one row. */
  int VECTOR = 4;

  /** How many times 16 numbers a row has, some of the last perhaps zeros. */
  int slabs();

  /** How many of a row's numbers may be other than zero. */
  int numbers();

  /**
   * Whether numbers are computed rather than loaded. Then they go to shared memory as soon as they are there: kept in
   * registers meanwhile, what they are made of would take too many.
   */
  boolean isComputed();

  /** The weights [outputs][...] of a layer as [outputs][16 · slabs], in the order of a row's numbers. */
  float[] arranged(float[] weights, int outputs);

  /**
   * Four neighbouring numbers of every slab of one row. What does not depend on the slab is computed here.
   *
   * @param lane where in a slab they lie, a multiple of four
   * @param channels how many of a row's numbers are read; the others are zeros
   */
  Row row(Code code, KernelMemory memory, Expr image, Expr position, Expr lane, Expr channels);

  /** See {@link #row}. */
  interface Row {
    /** The four numbers of a slab; zeros of one that is not there, since turns are of several. */
    Expr[] load(Code code, Expr slab);
  }

  /** The lanes of a vector of four. */
  static Expr[] lanes(Expr vector) {
    Expr[] lanes = new Expr[VECTOR];
    for (int i = 0; i < VECTOR; i++) {
      lanes[i] = vector.lane(i);
    }
    return lanes;
  }

  /** {@code numbers}, the first of which is number {@code index}, with zeros from number {@code count} on. */
  static Expr[] before(Expr count, Expr index, Expr[] numbers) {
    Expr[] known = new Expr[VECTOR];
    for (int i = 0; i < VECTOR; i++) {
      known[i] = index.plus(i).lessThan(count).select(numbers[i], Expr.f32(0));
    }
    return known;
  }
}
