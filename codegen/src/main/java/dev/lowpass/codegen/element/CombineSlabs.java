package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/**
 * A function of two that have coefficients on one grid, or of coefficients and a factor for each channel.
 *
 * @param lanes channels of an item: 16, or 1
 * @see #fits
 */
record CombineSlabs(CombineStep step, int lanes) implements ElementFunction {
  /** Whether the operands are of that kind. */
  static boolean fits(CombineStep step) {
    Layout.Slabbed output = step.output().slabbed();
    return fits(step, step.left(), output) && fits(step, step.right(), output);
  }

  private static boolean fits(CombineStep step, Slot slot, Layout.Slabbed output) {
    return slot.layout().equals(output) || isScale(slot, output) && !CombineElements.isSum(step.function());
  }

  private static boolean isScale(Slot slot, Layout.Slabbed output) {
    return slot.layout() instanceof Layout.Slabs slabs
        && slabs.rows() == 1
        && output.rows() > 1
        && slabs.channels() == output.channels()
        && (slabs.batch() == output.batch() || slabs.batch() == 1);
  }

  @Override
  public long count() {
    return step.output().layout().elements() / lanes;
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr left = vector(memory, step.left(), index);
    Expr right = vector(memory, step.right(), index);
    code.add(memory.store(step.output(), index.times(lanes), Vectors.apply(step.function(), left, right)));
  }

  private Expr vector(Memory memory, Slot slot, Expr index) {
    Layout.Slabbed output = step.output().slabbed();
    if (slot.layout().equals(output)) {
      return memory.load(slot, index.times(lanes), lanes);
    }
    Expr slab = index.floorDiv(output.rows() * Layout.LANES / lanes);
    Expr own = slot.slabbed().batch() == output.batch() ? slab : slab.floorMod(output.slabs());
    Expr first = own.times(Layout.LANES);
    return memory.load(slot, lanes == 1 ? first.plus(index.floorMod(Layout.LANES)) : first, lanes);
  }
}
