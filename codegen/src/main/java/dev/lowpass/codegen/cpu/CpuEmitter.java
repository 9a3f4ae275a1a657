package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.element.Elements;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tvm.Function;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a plan into kernels, functions of single steps that call them, and the entry functions of {@link Library}, which
 * call those. The time to compile a function grows faster than its length, so that the code of many steps must not be
 * written into one.
 */
public final class CpuEmitter {
  private CpuEmitter() {}

  /** The library of {@code plan} with a choice for each step. */
  public static Library emit(Plan plan, Machine machine, List<Choice> choices) {
    return emitVariants(plan, machine, List.of(choices));
  }

  /**
   * A library with which variants of one plan can be timed side by side: step s of variant v is number v · steps + s of
   * {@code lowpass_work}. {@code lowpass_main} runs the first variant, and there is no {@code lowpass_share}. Variants
   * share what is equal in them.
   *
   * @param variants a choice for each step
   */
  public static Library emitVariants(Plan plan, Machine machine, List<List<Choice>> variants) {
    Workshop workshop = new Workshop(machine);
    List<StepCode> steps = new ArrayList<>();
    Map<Integer, Map<Choice, StepCode>> made = new HashMap<>();
    for (List<Choice> choices : variants) {
      for (int s = 0; s < plan.steps().size(); s++) {
        Step step = plan.steps().get(s);
        steps.add(
            made.computeIfAbsent(s, _ -> new HashMap<>())
                .computeIfAbsent(choices.get(s), choice -> prepare(workshop.with(choice), plan, choices, step)));
      }
    }
    if (workshop.parameters().size() == 0) {
      workshop.parameters().add(new float[1]);
    }
    Entries entries = new Entries(plan, workshop, steps);
    List<Function> functions = new ArrayList<>(workshop.kernels());
    functions.addAll(entries.functions(plan.steps().size()));
    return new Library(
        functions,
        List.of(),
        workshop.parameters().toBytes(),
        plan.memory().elements(),
        entries.privateElements());
  }

  private static StepCode prepare(Workshop workshop, Plan plan, List<Choice> choices, Step step) {
    return switch (step) {
      case Step.Product product -> ProductStep.prepare(workshop, product, SlabShares.of(plan, step, choices));
      case Step.FusedDepthwise depthwise ->
          DepthwiseStep.prepare(workshop, depthwise, SlabShares.of(plan, step, choices));
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
}
