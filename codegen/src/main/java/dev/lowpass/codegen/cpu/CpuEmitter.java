package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.element.Elements;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Function;
import dev.lowpass.codegen.tvm.Parameter;
import dev.lowpass.codegen.tvm.Stmt;
import dev.lowpass.codegen.tvm.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Turns a plan into kernels and two entry functions: {@code lowpass_main} runs all steps, {@code lowpass_step} the one
 * it is told.
 */
public final class CpuEmitter {
  private CpuEmitter() {}

  /** The library of {@code plan} with a choice for each step. */
  public static Library emit(Plan plan, Machine machine, List<Choice> choices) {
    return emitVariants(plan, machine, List.of(choices));
  }

  /**
   * A library with which variants of one plan can be timed side by side: step s of variant v is number v · steps + s of
   * {@code lowpass_step}. {@code lowpass_main} runs the first variant. Variants share kernels and parameters that are
   * equal.
   *
   * @param variants a choice for each step
   */
  public static Library emitVariants(Plan plan, Machine machine, List<List<Choice>> variants) {
    Workshop workshop = new Workshop(machine);
    List<StepCode> steps = new ArrayList<>();
    for (List<Choice> choices : variants) {
      for (int s = 0; s < plan.steps().size(); s++) {
        steps.add(prepare(workshop.with(choices.get(s)), plan, plan.steps().get(s)));
      }
    }
    if (workshop.parameters().size() == 0) {
      workshop.parameters().add(new float[1]);
    }
    long own = align(workshop.privateElements());
    Function main =
        entry("lowpass_main", plan, workshop, own, List.of(), (code, entry) -> {
          steps.subList(0, plan.steps().size()).forEach(step -> code.add(Code.of(body -> step.write(body, entry))));
          return code;
        });
    Var chosen = Var.i32("step");
    Function one =
        entry("lowpass_step", plan, workshop, own, List.of(chosen), (code, entry) -> {
          for (int i = 0; i < steps.size(); i++) {
            StepCode step = steps.get(i);
            code.when(chosen.equalTo(i), body -> step.write(body, entry));
          }
          return code;
        });
    List<Function> functions = new ArrayList<>(workshop.kernels());
    functions.addAll(List.of(main, one));
    return new Library(
        functions,
        List.of(),
        workshop.parameters().toBytes(),
        plan.memory().elements(),
        own);
  }

  private static Function entry(
      String name,
      Plan plan,
      Workshop workshop,
      long privateElements,
      List<? extends Parameter> first,
      BiFunction<Code, Entry, Code> body) {
    Entry entry = new Entry(plan, workshop.constants(), workshop.parameters().size(), privateElements);
    List<Parameter> arguments = new ArrayList<>(first);
    arguments.addAll(entry.arguments().all());
    Stmt code = Code.of(c -> body.apply(c, entry));
    return Function.entry(name, arguments, code);
  }

  private static StepCode prepare(Workshop workshop, Plan plan, Step step) {
    return switch (step) {
      case Step.Product product -> ProductStep.prepare(workshop, product);
      case Step.FusedDepthwise depthwise -> DepthwiseStep.prepare(workshop, depthwise);
      case Step.FusedBlock block -> BlockStep.prepare(workshop, block);
      case Step.Transform transform -> TransformStep.prepare(workshop, transform);
      case Step.Convolve convolve when convolve.groups() == 1 -> ConvolutionStep.prepare(workshop, convolve);
      case Step.Convolve convolve -> {
        int weights = workshop.parameters().add(convolve.weight());
        int bias =
            workshop.parameters().add(Packing.slabs(convolve.bias(), convolve.output().slabbed().channels()));
        yield ElementStep.prepare(workshop, plan, step, Elements.VECTORS.of(convolve, weights, bias));
      }
      case Step.Pool pool -> ElementStep.prepare(workshop, plan, step, Elements.VECTORS.of(pool));
      case Step.Map map -> ElementStep.prepare(workshop, plan, step, Elements.VECTORS.of(map));
      case Step.Combine combine -> ElementStep.prepare(workshop, plan, step, Elements.VECTORS.of(combine));
      case Step.Normalize normalize -> ElementStep.prepare(workshop, plan, step, Elements.VECTORS.of(normalize));
      case Step.Multiply multiply -> ElementStep.prepare(workshop, plan, step, Elements.VECTORS.of(multiply));
      case Step.Move move -> ElementStep.prepare(workshop, plan, step, Elements.VECTORS.of(move));
    };
  }

  private static long align(long elements) {
    return Math.ceilDiv(elements, 1024L) * 1024;
  }
}
