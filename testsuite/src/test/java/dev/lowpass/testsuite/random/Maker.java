package dev.lowpass.testsuite.random;

import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Op;
import java.util.List;
import java.util.Optional;

/** Thinks of one more node for a network. */
@FunctionalInterface
interface Maker {
  /** An operator and what it is applied to; types may not fit, then the draft drops it. */
  record Idea(Op op, List<Value> operands) {
    static Optional<Idea> of(Op op, Value... operands) {
      return Optional.of(new Idea(op, List.of(operands)));
    }
  }

  /** An idea, or none where the draft has nothing that would do as an operand. */
  Optional<Idea> idea(Draft draft);
}
