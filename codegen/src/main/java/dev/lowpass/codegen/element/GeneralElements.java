package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.ir.op.ArgReduce;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.CumulativeSum;
import dev.lowpass.ir.op.Indexed;
import dev.lowpass.ir.op.IsNan;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.TopK;

/** The element functions of operators that are computed as they stand. */
final class GeneralElements {
  private GeneralElements() {}

  /** With vectors of {@code lanes} elements where an operator has them. */
  static ElementFunction of(GeneralStep step, int lanes) {
    return switch (step.op()) {
      case Correlation correlation -> new CorrelationElements(step, correlation);
      case MaxPoolIndices pool -> new MaxPoolIndicesElements(step, pool);
      case ArgReduce arg -> new ArgReduceRuns(step, arg);
      case TopK top -> new TopRuns(step, top);
      case CumulativeSum sum -> new SumRuns(step, sum);
      case Indexed indexed -> IndexedElements.of(step, indexed);
      case Reduce reduce -> ReduceElements.of(step, reduce, lanes);
      case Bitwise _, Cast _, Comparison _, IsNan _, Select _ ->
          throw new IllegalArgumentException(step.kind() + " is part of an expression");
    };
  }
}
