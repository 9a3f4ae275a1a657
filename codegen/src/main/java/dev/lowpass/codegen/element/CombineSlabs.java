package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/**
 * A function of two images in slabs, or of an image and one value a channel (squeeze-excite).
 *
 * @param lanes channels of an item: 16, or 1
 * @see #fits
 */
record CombineSlabs(CombineStep step, int lanes) implements ElementFunction {
  /** Whether the operands are of that kind. */
  static boolean fits(CombineStep step) {
    return step.output().layout() instanceof Layout.Slabbed output
        && fits(step.left(), output)
        && fits(step.right(), output)
        && !(isSum(step) && output instanceof Layout.Coefficients && isScale(step.left(), output))
        && !(isSum(step) && output instanceof Layout.Coefficients && isScale(step.right(), output));
  }

  private static boolean isSum(CombineStep step) {
    return switch (step.function()) {
      case ADD, SUB -> true;
      case MUL, DIV, MIN, MAX, POW -> false;
    };
  }

  private static boolean fits(Slot slot, Layout.Slabbed output) {
    return slot.layout().equals(output) || isScale(slot, output);
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
    Expr value = Vectors.apply(step.function(), left, right);
    code.add(memory.store(step.output(), index.times(lanes), Vectors.apply(step.activation(), value)));
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
