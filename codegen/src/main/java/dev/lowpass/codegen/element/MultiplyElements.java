package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.ir.Shape;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.List;

/** A product of computed matrices, one element of the result at a time. */
record MultiplyElements(MultiplyStep step) implements ElementFunction {
  @Override
  public long count() {
    return step.output().shape().elements();
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    List<Expr> at = Addressing.coordinates(step.output().shape(), index);
    Register total = code.register("total", DataType.F32);
    code.add(total.set(Expr.f32(0)));
    code.loop(
        "k",
        step.left().shape().dim(-1),
        (body, k) -> {
          Expr left = element(memory, step.left(), at, at.get(at.size() - 2), k);
          Expr right = element(memory, step.right(), at, k, at.getLast());
          body.add(total.add(left.times(right)));
        });
    code.add(memory.store(step.output(), index, total.get()));
  }

  private static Expr element(Memory memory, Slot slot, List<Expr> at, Expr row, Expr column) {
    Shape shape = slot.shape();
    List<Expr> own = new ArrayList<>();
    for (int axis = 0; axis < shape.rank() - 2; axis++) {
      own.add(shape.dim(axis) == 1 ? Expr.i32(0) : at.get(axis + at.size() - shape.rank()));
    }
    own.add(row);
    own.add(column);
    return memory.load(slot, Addressing.rowMajor(shape, own));
  }
}
