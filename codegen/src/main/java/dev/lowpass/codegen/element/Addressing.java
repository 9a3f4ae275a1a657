package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** From coordinates of a tensor to offsets in its layout and back. */
final class Addressing {
  private Addressing() {}

  /** Coordinates of element {@code index} in row-major order; of no elements, code that is never run. */
  static List<Expr> coordinates(Shape shape, Expr index) {
    List<Expr> coordinates = new ArrayList<>();
    long inner = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      Expr shifted = index.floorDiv(inner);
      int extent = Math.max(1, shape.dim(axis));
      coordinates.addFirst(axis == 0 ? shifted : shifted.floorMod(extent));
      inner *= extent;
    }
    return coordinates;
  }

  static Expr rowMajor(Shape shape, List<Expr> coordinates) {
    Expr offset = Expr.i32(0);
    for (int axis = 0; axis < shape.rank(); axis++) {
      offset = offset.times(shape.dim(axis)).plus(coordinates.get(axis));
    }
    return offset;
  }

  /**
   * The extents that coordinates of {@code slot} count in: its shape, or [N, C, rows, 1] for coefficients, which have
   * no map.
   */
  static Shape extents(Slot slot) {
    return slot.layout() instanceof Layout.Coefficients coefficients
        ? Shape.of(coefficients.batch(), coefficients.channels(), coefficients.rows(), 1)
        : slot.shape();
  }

  /** Where the element at {@code coordinates} of a tensor of {@code shape} lies. */
  static Expr offset(Layout layout, Shape shape, List<Expr> coordinates) {
    return switch (layout) {
      case Layout.RowMajor _ -> rowMajor(shape, coordinates);
      case Layout.Slabs slabs -> {
        Expr row = coordinates.get(2).times(slabs.width()).plus(coordinates.get(3));
        yield slab(slabs, coordinates.get(0), coordinates.get(1), row);
      }
      case Layout.Coefficients coefficients ->
          slab(coefficients, coordinates.get(0), coordinates.get(1), coordinates.get(2));
    };
  }

  /** The element of {@code channel} in row {@code row} of image {@code image}. */
  static Expr slab(Layout.Slabbed layout, Expr image, Expr channel, Expr row) {
    Expr slab = image.times(layout.slabs()).plus(channel.floorDiv(Layout.LANES));
    return slab.times(layout.rows()).plus(row).times(Layout.LANES).plus(channel.floorMod(Layout.LANES));
  }
}
