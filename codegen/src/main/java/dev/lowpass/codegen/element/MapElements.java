package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.MapStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/**
 * Functions of one element, layout and all: padding is computed along. An item is {@code lanes} neighbouring elements.
 */
record MapElements(MapStep step, int lanes) implements ElementFunction {
  @Override
  public long count() {
    return step.output().layout().elements() / lanes;
  }

  @Override
  public void write(Code code, Memory memory, Expr index) {
    Expr at = index.times(lanes);
    Expr value = Vectors.apply(step.functions(), memory.load(step.input(), at, lanes));
    code.add(memory.store(step.output(), at, value));
  }
}
