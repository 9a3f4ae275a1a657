package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Shape;

/**
 * Where the elements of a tensor lie: at a distance for each axis, but for channels in slabs.
 *
 * @param shape the shape by which it is gone through; another one than the tensor's where that lies row-major
 */
record Places(Layout layout, Shape shape) {
  static final int LANES = Layout.LANES;

  static Places of(Slot slot) {
    return new Places(slot.layout(), slot.shape());
  }

  /** Whether {@code axis} counts channels that lie in slabs. */
  boolean isSlabbed(int axis) {
    return layout instanceof Layout.Slabs && axis == 1;
  }

  /** Elements from one place of {@code axis}, which is not slabbed, to the next. */
  long pitch(int axis) {
    if (layout instanceof Layout.Slabs slabs) {
      return switch (axis) {
        case 0 -> slabs.imageElements();
        case 2 -> (long) slabs.width() * LANES;
        case 3 -> LANES;
        default -> throw new IllegalArgumentException("no distance along axis " + axis + " of " + layout);
      };
    }
    return new Shape(shape.dims().subList(axis + 1, shape.rank())).elements();
  }

  /** Elements from one slab to the next. */
  long slabPitch() {
    return (long) ((Layout.Slabs) layout).rows() * LANES;
  }

  /** Where {@code channel} begins in its image. */
  long channel(int channel) {
    return layout instanceof Layout.Slabs
        ? channel / LANES * slabPitch() + channel % LANES
        : channel * pitch(1);
  }
}
