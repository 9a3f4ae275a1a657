package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Register;
import dev.lowpass.codegen.tir.Var;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entry function {@code lowpass_step}: a branch for every kernel, which the steps that share it take. */
final class StepEntry {
  private final Arguments arguments;
  private final List<Launch> steps;
  private final Var chosen = Var.i32("step");

  private StepEntry(Arguments arguments, List<Launch> steps) {
    this.arguments = arguments;
    this.steps = steps;
  }

  static Function of(Arguments arguments, List<Launch> steps) {
    return new StepEntry(arguments, steps).function();
  }

  private Function function() {
    Map<Object, List<Integer>> users = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      users.computeIfAbsent(steps.get(i).kernel(), _ -> new ArrayList<>()).add(i);
    }
    List<Parameter> all = new ArrayList<>(List.of(chosen));
    all.addAll(arguments.all());
    return Function.entry("lowpass_step", all, Code.of(code -> users.values().forEach(shared -> branch(code, shared))));
  }

  private void branch(Code code, List<Integer> shared) {
    Expr any = shared.stream().map(step -> chosen.equalTo(step)).reduce(Expr::or).orElseThrow();
    code.when(any, body -> steps.get(shared.getFirst()).write(body, arguments, numbers(body, shared)));
  }

  /** What the chosen step tells its kernel; the processor knows it before it launches. */
  private LaunchNumbers<Expr> numbers(Code code, List<Integer> shared) {
    List<LaunchNumbers<Integer>> all = shared.stream().map(step -> steps.get(step).numbers(arguments)).toList();
    LaunchNumbers<Expr> numbers = LaunchNumbers.none();
    for (String name : all.getFirst().names()) {
      List<Integer> values = all.stream().map(own -> own.get(name)).toList();
      boolean same = values.stream().distinct().count() == 1;
      numbers = numbers.with(name, same ? Expr.i32(values.getFirst()) : chosen(code, shared, values));
    }
    return numbers;
  }

  /** By way of memory: TVM would write a mere expression into the kernel wherever it is used. */
  private Expr chosen(Code code, List<Integer> shared, List<Integer> values) {
    Expr value = Expr.i32(values.getLast());
    for (int i = 0; i < shared.size() - 1; i++) {
      value = chosen.equalTo(shared.get(i)).select(Expr.i32(values.get(i)), value);
    }
    Register memory = code.register("chosen", DataType.I32);
    code.add(memory.set(value));
    return code.let("number", memory.get());
  }
}
