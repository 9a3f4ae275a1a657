package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.ir.op.Join;

/** What a scatter does to single elements of its output, which are those of its first input to begin with. */
record Joining(Memory memory, GeneralStep step, Join join) {
  void copy(Code code, Expr place) {
    code.add(memory.store(step.output(), place, memory.load(step.inputs().getFirst(), place)));
  }

  /** Brings update {@code number} to {@code place}. */
  void update(Code code, Expr place, Expr number) {
    Expr target = code.let("place", place);
    Expr update = memory.load(step.inputs().get(2), number);
    Expr joined =
        switch (join) {
          case REPLACE -> update;
          case ADD -> memory.load(step.output(), target).plus(update);
          case MUL -> memory.load(step.output(), target).times(update);
          case MIN -> memory.load(step.output(), target).min(update);
          case MAX -> memory.load(step.output(), target).max(update);
        };
    code.add(memory.store(step.output(), target, joined));
  }
}
