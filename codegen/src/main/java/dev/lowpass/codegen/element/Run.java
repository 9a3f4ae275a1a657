package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;

/** The runs of elements along axis {@code axis} of row-major data, one for each place in the other axes. */
record Run(Shape shape, int axis) {
  long count() {
    return shape.elements() / Math.max(1, length());
  }

  int length() {
    return shape.dim(axis);
  }

  /** From an element of a run to the next one. */
  long pitch() {
    return new Shape(shape.dims().subList(axis + 1, shape.rank())).elements();
  }

  /** Where run {@code index} begins. */
  Expr first(Expr index) {
    long pitch = Math.max(1, pitch());
    return index.floorDiv(pitch).times(length() * pitch).plus(index.floorMod(pitch));
  }

  Expr at(Expr first, Expr place) {
    return first.plus(place.times(pitch()));
  }
}
