package dev.lowpass.codegen.plan.step;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.op.Scalar;
import java.util.List;

/**
 * A computation of one element from elements at the same place of some operands: terms in their order, the last of
 * which is the result.
 */
public record Expression(List<Term> terms) {
  public Expression {
    terms = List.copyOf(terms);
  }

  /**
   * One operator.
   *
   * @param arguments what it is applied to: operands come first, counted from 0, behind them the terms before this one
   * @param given the types of its arguments
   * @param element the type of its result
   */
  public record Term(Scalar op, List<Integer> arguments, List<ElementType> given, ElementType element) {
    public Term {
      arguments = List.copyOf(arguments);
      given = List.copyOf(given);
    }
  }
}
