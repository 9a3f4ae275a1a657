package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Expr;

/** Functions of integers for which a processor may stop, or do anything, where they have no result. */
final class Integers {
  private Integers() {}

  /**
   * a / b towards zero; 0 where b is 0, and the least number again where the result would be its negative. TVM drops a
   * guard inside what another one guards, so that there is one only: a factor takes the place of such divisors.
   */
  static Expr quotient(Expr a, Expr b) {
    Expr one = Expr.constant(a.type(), 1);
    // All ones are -1 of a signed type; of an unsigned one the product is the quotient's negative, so they divide.
    Expr unusual = isSigned(a) ? b.equalTo(0).or(b.plus(1).equalTo(0)) : b.equalTo(0);
    return a.over(unusual.select(one, b)).times(unusual.select(b, one));
  }

  private static boolean isSigned(Expr x) {
    return x.type().kind() == 0;
  }
}
