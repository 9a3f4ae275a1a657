package dev.lowpass.ir.op;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;

/**
 * Reads or writes elements at places that a tensor of integers names, the second operand. A negative place counts from
 * the end of its axis. One that is outside even so is that of the nearest end: nothing outside a tensor is touched,
 * whatever comes at run time.
 */
public sealed interface Indexed extends Opaque
    permits Gather, GatherElements, GatherPoints, ScatterElements, ScatterPoints {
  /** {@code index} as a place on an axis of {@code extent} elements, of which there is at least one. */
  static int place(double index, int extent) {
    return (int) Math.clamp(index < 0 ? index + extent : index, 0.0, extent - 1.0);
  }

  /** {@code type} if its elements are integers. */
  static TensorType indices(TensorType type) {
    Operands.spatial(type);
    if (type.element().isFloating() || type.element() == ElementType.BOOL) {
      throw new IllegalArgumentException("indices are integers, not " + type);
    }
    return type;
  }

  /** Refuses places on an axis without elements. */
  static void inside(TensorType x, int axis, long places) {
    if (places > 0 && x.shape().dim(axis) == 0) {
      throw new IllegalArgumentException("indices into axis " + axis + " of " + x + ", which has no elements");
    }
  }
}
