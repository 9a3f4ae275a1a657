package dev.lowpass.codegen.element;

import dev.lowpass.codegen.plan.step.Expression;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.math.Intrinsics;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Elementwise;
import dev.lowpass.ir.op.IsNan;
import dev.lowpass.ir.op.Select;
import dev.lowpass.runtime.tvm.DataType;
import java.util.List;

/** Expressions as code. */
final class Expressions {
  private Expressions() {}

  /**
   * Writes every term, each computed once.
   *
   * @param values the operands; the terms are added behind them
   */
  static void write(Code code, Expression expression, List<Expr> values) {
    for (Expression.Term term : expression.terms()) {
      List<Expr> arguments = term.arguments().stream().map(values::get).toList();
      values.add(kept(code, apply(term, arguments)));
    }
  }

  /**
   * In a register: TVM puts the values of names into one another while it simplifies, so that a chain of ten functions
   * that read their operand twice would take it minutes. It sees through no memory. Truth values are integers there; one
   * that TVM found to be constant would be read as another type, of which it makes no OpenCL that compiles.
   */
  private static Expr kept(Code code, Expr value) {
    if (value.type().isBool()) {
      return kept(code, value.cast(DataType.I32)).equalTo(0).not();
    }
    Register register = code.register("t", value.type());
    code.add(register.set(value));
    return register.get();
  }

  private static Expr apply(Expression.Term term, List<Expr> arguments) {
    return switch (term.op()) {
      case Elementwise function -> Vectors.apply(function, arguments.getFirst());
      case Binary(Binary.Kind kind) -> Vectors.apply(kind, arguments.get(0), arguments.get(1));
      case Cast(ElementType to) -> Casts.apply(term.given().getFirst(), to, arguments.getFirst());
      case Comparison(Comparison.Kind kind) -> compared(kind, arguments.get(0), arguments.get(1));
      case IsNan _ -> Intrinsics.isNan(arguments.getFirst());
      case Bitwise(Bitwise.Kind kind) -> Integers.bitwise(kind, arguments.get(0), arguments.get(1));
      case Select _ -> arguments.get(0).select(arguments.get(1), arguments.get(2));
    };
  }

  private static Expr compared(Comparison.Kind kind, Expr a, Expr b) {
    return switch (kind) {
      case EQUAL -> a.equalTo(b);
      case LESS -> a.lessThan(b);
      case LESS_OR_EQUAL -> b.atLeast(a);
    };
  }
}
