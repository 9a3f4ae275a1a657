package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.Binary;
import java.util.ArrayList;
import java.util.List;

/** Any function of coefficients, one at a time. */
record CombineElements(CombineStep step) implements ElementFunction {
  @Override
  public long count() {
    return step.output().layout().elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Layout.Coefficients layout = (Layout.Coefficients) step.output().layout();
    Expr left = channelOrCoefficient(memory, step.left(), layout, index);
    Expr right = channelOrCoefficient(memory, step.right(), layout, index);
    code.add(memory.store(step.output(), index, Vectors.apply(step.function(), left, right)));
  }

  private Expr channelOrCoefficient(Memory memory, Slot slot, Layout.Coefficients layout, Expr index) {
    if (slot.isCoefficients()) {
      return memory.load(slot, index);
    }
    Expr lane = index.floorMod(Layout.LANES);
    Expr row = index.floorDiv(Layout.LANES).floorMod(layout.rows());
    Expr slab = index.floorDiv(Layout.LANES * layout.rows());
    Expr channel = slab.floorMod(layout.slabs()).times(Layout.LANES).plus(lane);
    Expr image = slab.floorDiv(layout.slabs());
    // Lanes beyond the last channel hold nothing, but reading must stay inside the operand.
    Expr known = channel.min(layout.channels() - 1);
    Expr value = element(memory, slot, List.of(image, known, Expr.i32(0), Expr.i32(0)));
    // A constant added to a map is added to its mean.
    return isSum(step.function()) ? row.lessThan(layout.blocks()).ifThenElse(value, Expr.f32(0)) : value;
  }

  /** Whether {@code function} adds or subtracts. */
  static boolean isSum(Binary.Kind function) {
    return function == Binary.Kind.ADD || function == Binary.Kind.SUB;
  }

  private static Expr element(Memory memory, Slot slot, List<Expr> at) {
    Shape shape = slot.shape();
    List<Expr> own = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      Expr coordinate = at.get(axis + at.size() - shape.rank());
      own.add(shape.dim(axis) == 1 ? Expr.i32(0) : coordinate);
    }
    return memory.load(slot, Addressing.offset(slot.layout(), shape, own));
  }
}
