package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Expr;
import dev.lowpass.codegen.tvm.Function;
import dev.lowpass.codegen.tvm.Parameter;
import dev.lowpass.codegen.tvm.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions of single steps, and the entry functions over them. */
record Entries(Plan plan, Workshop workshop, long privateElements) {
  private Entry entry(Optional<Entry.Share> share) {
    return new Entry(plan, workshop.constants(), workshop.parameters().size(), privateElements, share);
  }

  /** A function for each of {@code steps}, the same for one that comes again. */
  List<Function> runs(List<StepCode> steps) {
    Map<StepCode, Function> known = new HashMap<>();
    return steps.stream()
        .map(step -> known.computeIfAbsent(step, _ -> run("lowpass_run_" + known.size(), List.of(step))))
        .toList();
  }

  /** A function for each of {@code steps} that does one worker's part of one phase. */
  List<Function> shares(List<StepCode> steps) {
    List<Function> functions = new ArrayList<>();
    for (StepCode step : steps) {
      Entry.Share share = Entry.Share.asked();
      Entry entry = entry(Optional.of(share));
      List<Parameter> parameters = new ArrayList<>(share.variables());
      parameters.addAll(entry.arguments().all());
      functions.add(
          Function.kernel(
              "lowpass_share_" + functions.size(), parameters, Code.of(code -> entry.write(code, List.of(step)))));
    }
    return functions;
  }

  /** Functions that do all of {@code steps}: those of single steps, and one for steps that join each other. */
  List<Function> joined(List<StepCode> steps, List<Function> runs) {
    List<Function> functions = new ArrayList<>();
    for (int from = 0; from < steps.size(); ) {
      int end = from + 1;
      while (end < steps.size() && steps.get(end).joins()) {
        end++;
      }
      boolean alone = end == from + 1;
      functions.add(
          alone ? runs.get(from) : run("lowpass_run_" + from + "_to_" + (end - 1), steps.subList(from, end)));
      from = end;
    }
    return functions;
  }

  private Function run(String name, List<StepCode> steps) {
    Entry entry = entry(Optional.empty());
    return Function.kernel(name, entry.arguments().all(), Code.of(code -> entry.write(code, steps)));
  }

  /** The entry that calls all of {@code steps}. */
  Function all(String name, List<Function> steps) {
    Arguments arguments = entry(Optional.empty()).arguments();
    return Function.entry(
        name,
        arguments.all(),
        Code.of(code -> steps.forEach(step -> code.call(step, given(List.of(), arguments)))));
  }

  /** The entry that calls the one of {@code steps} whose number comes first; then {@code more}, which goes to it. */
  Function one(String name, List<Var> more, List<Function> steps) {
    Arguments arguments = entry(Optional.empty()).arguments();
    Var chosen = Var.i32("step");
    List<Parameter> parameters = new ArrayList<>(List.of(chosen));
    parameters.addAll(more);
    parameters.addAll(arguments.all());
    return Function.entry(
        name,
        parameters,
        Code.of(
            code -> {
              for (int i = 0; i < steps.size(); i++) {
                Function step = steps.get(i);
                code.when(chosen.equalTo(i), body -> body.call(step, given(more, arguments)));
              }
            }));
  }

  private static Expr[] given(List<Var> first, Arguments arguments) {
    List<Expr> given = new ArrayList<>(first);
    arguments.buffers().forEach(buffer -> given.add(buffer.address(0)));
    given.add(arguments.workers());
    return given.toArray(Expr[]::new);
  }
}
