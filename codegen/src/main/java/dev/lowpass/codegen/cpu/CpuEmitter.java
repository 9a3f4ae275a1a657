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
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Turns a plan into kernels and three entry functions: {@code lowpass_main} runs all steps, {@code lowpass_step} the
 * one it is told, {@code lowpass_share} one worker's part of a phase of that step.
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
        entry("lowpass_main", plan, workshop, own, Optional.empty(), List.of(), (code, entry) ->
            entry.write(code, steps.subList(0, plan.steps().size())));
    Var chosen = Var.i32("step");
    BiConsumer<Code, Entry> oneStep = (code, entry) -> {
      for (int i = 0; i < steps.size(); i++) {
        StepCode step = steps.get(i);
        code.when(chosen.equalTo(i), body -> entry.write(body, List.of(step)));
      }
    };
    Function one = entry("lowpass_step", plan, workshop, own, Optional.empty(), List.of(chosen), oneStep);
    Entry.Share asked = Entry.Share.asked();
    List<Var> which = List.of(chosen, asked.phase(), asked.worker());
    Function share = entry("lowpass_share", plan, workshop, own, Optional.of(asked), which, oneStep);
    List<Function> functions = new ArrayList<>(workshop.kernels());
    functions.addAll(List.of(main, one, share));
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
      Optional<Entry.Share> share,
      List<? extends Parameter> first,
      BiConsumer<Code, Entry> body) {
    Entry entry = new Entry(plan, workshop.constants(), workshop.parameters().size(), privateElements, share);
    List<Parameter> arguments = new ArrayList<>(first);
    arguments.addAll(entry.arguments().all());
    Stmt code = Code.of(c -> body.accept(c, entry));
    return Function.entry(name, arguments, code);
  }

  private static StepCode prepare(Workshop workshop, Plan plan, Step step) {
    return switch (step) {
      case Step.Product product -> ProductStep.prepare(workshop, product, SlabShares.behind(plan, product));
      case Step.FusedDepthwise depthwise -> DepthwiseStep.prepare(workshop, depthwise, SlabShares.inFrontOf(plan, depthwise));
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
