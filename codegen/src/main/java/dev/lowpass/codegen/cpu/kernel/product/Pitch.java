package dev.lowpass.codegen.cpu.kernel.product;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

/** Elements from one row to the next, and from one slab to the next. */
public record Pitch(int row, int slab) {
  /** Slabs of {@code rows} vectors. */
  public static Pitch ofSlabs(int rows) {
    return new Pitch(LANES, rows * LANES);
  }

  /** Images of one vector a slab: each a row. */
  public static Pitch ofImages(int slabs) {
    return new Pitch(slabs * LANES, LANES);
  }
}
