package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.op.ScatterPoints;

/**
 * A scatter of whole parts. An item is one place in all parts: items do not share elements, and updates keep their
 * order.
 */
record ScatterParts(GeneralStep step, ScatterPoints scatter) implements ElementFunction {
  @Override
  public long count() {
    Shape shape = step.output().shape();
    return IndexedElements.elements(shape, length(), shape.rank());
  }

  private int length() {
    return step.inputs().get(1).shape().dim(-1);
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Slot indices = step.inputs().get(1);
    Joining joining = new Joining(memory, step, scatter.join());
    long inner = count();
    code.loop(
        "i",
        IndexedElements.elements(step.output().shape(), 0, length()),
        (body, i) -> joining.copy(body, i.times(inner).plus(index)));
    code.loop(
        "u",
        IndexedElements.elements(indices.shape(), 0, indices.shape().rank() - 1),
        (body, u) -> {
          Expr part = IndexedElements.part(memory, step.output(), 0, indices, Expr.i32(0), u);
          joining.update(body, part.times(inner).plus(index), u.times(inner).plus(index));
        });
  }
}
