package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.cpu.block.BlockCode;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.depthwise.DepthwiseCode;
import dev.lowpass.codegen.cpu.move.MoveCode;
import dev.lowpass.codegen.cpu.product.ProductAlgorithms;
import dev.lowpass.codegen.cpu.rounded.RoundedConvolutionCode;
import dev.lowpass.codegen.cpu.step.ConvolutionCode;
import dev.lowpass.codegen.cpu.step.ElementCode;
import dev.lowpass.codegen.cpu.step.MatrixTiles;
import dev.lowpass.codegen.cpu.step.ResizeCode;
import dev.lowpass.codegen.cpu.step.TransformCode;
import dev.lowpass.codegen.cpu.winograd.ConvolutionForms;
import dev.lowpass.codegen.cpu.work.Entries;
import dev.lowpass.codegen.cpu.work.StepCode;
import dev.lowpass.codegen.cpu.work.Workshop;
import dev.lowpass.codegen.element.AxisTables;
import dev.lowpass.codegen.element.Elements;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.emit.ResizeTables;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.ArgChannelsStep;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.CombineStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.ExpressionStep;
import dev.lowpass.codegen.plan.step.GeneralStep;
import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.MultiplyStep;
import dev.lowpass.codegen.plan.step.NormalizeStep;
import dev.lowpass.codegen.plan.step.PoolStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.ResizeStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.step.TransformStep;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.ir.Precision;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a plan into kernels, functions of single steps that call them, and the entry functions of {@link Library}, which
 * call those. The time to compile a function grows faster than its length, so that the code of many steps must not be
 * written into one.
 */
public final class CpuEmitter {
  private CpuEmitter() {}

  /** The library of {@code plan} with a choice for each step. */
  public static Library emit(Plan plan, Machine machine, List<Choice> choices) {
    return emitVariants(plan, machine, List.of(choices), new Parameters());
  }

  /**
   * A library with which variants of one plan can be timed side by side: step s of variant v is number v · steps + s of
   * {@code lowpass_work}. {@code lowpass_main} runs the first variant, and there is no {@code lowpass_share}. Variants
   * share what is equal in them.
   *
   * @param variants a choice for each step
   * @param parameters to which those of the steps are added
   */
  public static Library emitVariants(
      Plan plan, Machine machine, List<List<Choice>> variants, Parameters parameters) {
    Workshop workshop = new Workshop(machine, parameters);
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
        List.of(),
        workshop.parameters().toBytes(),
        plan.memory().bytes(),
        entries.privateBytes());
  }

  private static StepCode prepare(Workshop workshop, Plan plan, List<Choice> choices, Step step) {
    return switch (step) {
      case ProductStep product ->
          new ProductAlgorithms(product, workshop.machine())
              .prepare(workshop, SharedSlabs.of(plan, step, choices));
      case DepthwiseStep depthwise when !workshop.machine().fusion().writesOut(depthwise.window().taps()) -> {
        int taps = depthwise.window().taps();
        float[] packed =
            Packing.taps(depthwise.weight().floats(), depthwise.bias().floats(), depthwise.channels(), taps);
        int weights = workshop.parameters().add(packed);
        yield ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(depthwise, weights));
      }
      case DepthwiseStep depthwise ->
          DepthwiseCode.prepare(workshop, depthwise, SharedSlabs.of(plan, step, choices));
      case BlockStep block -> BlockCode.prepare(workshop, block);
      case TransformStep transform -> TransformCode.prepare(workshop, transform);
      case ConvolutionStep convolve when convolve.precision() == Precision.BFLOAT16 ->
          RoundedConvolutionCode.prepare(workshop, convolve);
      case ConvolutionStep convolve when ConvolutionCode.suits(convolve) ->
          new ConvolutionForms(convolve, workshop.machine()).prepare(workshop);
      case ConvolutionStep convolve -> {
        int weights = workshop.parameters().add(convolve.weight().floats());
        int bias =
            workshop.parameters().add(Packing.slabs(convolve.bias().floats(), convolve.output().slabbed().channels()));
        yield ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(convolve, weights, bias));
      }
      case PoolStep pool -> ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(pool));
      case ResizeStep resize when ResizeCode.suits(resize, workshop.machine()) ->
          ResizeCode.prepare(workshop, resize);
      case ResizeStep resize -> {
        AxisTables vertical = ResizeTables.add(workshop.parameters(), resize.vertical());
        AxisTables horizontal = ResizeTables.add(workshop.parameters(), resize.horizontal());
        yield ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(resize, vertical, horizontal));
      }
      case ArgChannelsStep channels -> {
        AxisTables none = new AxisTables(0, 0, 0);
        Optional<ArgChannelsStep.Grid> grid = channels.grid();
        AxisTables vertical = grid.map(g -> ResizeTables.add(workshop.parameters(), g.vertical())).orElse(none);
        AxisTables horizontal = grid.map(g -> ResizeTables.add(workshop.parameters(), g.horizontal())).orElse(none);
        yield ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(channels, vertical, horizontal));
      }
      case ExpressionStep map -> ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(map));
      case GeneralStep general -> ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(general));
      case CombineStep combine -> ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(combine));
      case NormalizeStep normalize -> ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(normalize));
      case MultiplyStep multiply when MatrixTiles.suits(multiply) ->
          ElementCode.prepare(workshop, plan, step, MatrixTiles.of(multiply, workshop.machine()));
      case MultiplyStep multiply -> ElementCode.prepare(workshop, plan, step, Elements.VECTORS.of(multiply));
      case MoveStep move -> MoveCode.prepare(workshop, plan, move);
    };
  }
}
