package dev.lowpass.codegen.cpu.step;

import dev.lowpass.codegen.cpu.kernel.Kernel;
import dev.lowpass.codegen.cpu.kernel.KernelCall;
import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A loop over the items of one step, which sees the arenas whole: it may read and write one arena. It belongs to its
 * step, so that no two are equal.
 *
 * <p>C signature: (inputs…, outputs…, params, scratch, first, count).
 */
final class ElementKernel implements Kernel<ElementKernel.Call> {
  private final Plan plan;
  private final Map<Slot, Integer> constants;
  private final ElementFunction function;

  /** @param constants offsets of constant operands in the parameters */
  ElementKernel(Plan plan, Map<Slot, Integer> constants, ElementFunction function) {
    this.plan = plan;
    this.constants = constants;
    this.function = function;
  }

  /** A call for some items. */
  static final class Call extends KernelCall {
    private Call(Function kernel) {
      super(kernel);
    }

    /** The arenas from their beginnings on. */
    Call memory(Arguments arguments) {
      arguments.buffers().forEach(buffer -> pass(buffer.name(), buffer.address(0)));
      return this;
    }

    Call items(Expr first, Expr count) {
      pass("first", first);
      pass("count", count);
      return this;
    }
  }

  @Override
  public Call call(Function built) {
    return new Call(built);
  }

  @Override
  public Function build(String name) {
    Arguments memory = new Arguments(plan, constants, Buffer.UNCHECKED, 0);
    Var first = Var.i32("first");
    Var count = Var.i32("count");
    List<Parameter> parameters = new ArrayList<>(memory.buffers());
    parameters.addAll(List.of(first, count));
    return Function.kernel(
        name,
        parameters,
        Code.of(
            code ->
                code.loop(
                    "index",
                    count,
                    (body, index) -> function.write(body, memory, body.let("item", first.plus(index))))));
  }
}
