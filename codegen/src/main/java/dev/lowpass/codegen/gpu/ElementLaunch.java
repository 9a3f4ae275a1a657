package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/** A work-item for every item of a function. */
record ElementLaunch(ElementFunction function) implements Launch {
  @Override
  public Object kernel() {
    return this;
  }

  @Override
  public LaunchNumbers<Integer> numbers(Arguments arguments) {
    return LaunchNumbers.none();
  }

  @Override
  public void write(Code code, Arguments arguments, LaunchNumbers<Expr> numbers) {
    WorkItems.forEach(code, function.count(), (body, item) -> function.write(body, arguments, item));
  }
}
