package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Elements;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.DeviceSteps;
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
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Parameter;
import dev.lowpass.codegen.tir.Stmt;
import dev.lowpass.codegen.tir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns a plan into two entry functions for a device, {@code lowpass_main} and {@code lowpass_step}, of the same
 * arguments as a processor's. The plan must be one for a
 * machine that keeps no slabs in cache.
 */
public final class GpuEmitter {
  private final Parameters parameters;

  private GpuEmitter(Parameters parameters) {
    this.parameters = parameters;
  }

  /** @param parameters to which those of the steps are added */
  public static Library emit(Plan plan, Parameters parameters) {
    return new GpuEmitter(parameters).library(plan);
  }

  private Library library(Plan plan) {
    Map<Slot, Integer> constants = DeviceSteps.placeConstants(plan, parameters);
    List<Launch> steps = plan.steps().stream().map(this::prepare).toList();
    if (parameters.size() == 0) {
      parameters.add(new float[1]);
    }
    Arguments arguments = new Arguments(plan, constants, parameters.size(), 0);
    Function step = StepEntry.of(arguments, steps);
    Function main = main(arguments, step, steps.size());
    return new Library(List.of(main), List.of(step), List.of(), parameters.toBytes(), plan.memory().bytes(), 0);
  }

  /** Runs on the processor and hands its arguments on, so that every device kernel is in the library once. */
  private static Function main(Arguments arguments, Function step, int steps) {
    List<Parameter> all = new ArrayList<>();
    arguments.buffers().forEach(buffer -> all.add(Var.tensor(buffer.name(), buffer.element())));
    all.add(arguments.workers());
    return Function.entry(
        "lowpass_main",
        all,
        Code.of(
            code ->
                code.loop(
                    "step",
                    steps,
                    (body, index) -> {
                      List<Expr> given = new ArrayList<>(List.of(index));
                      all.forEach(argument -> given.add(argument.variable()));
                      body.add(Stmt.callEntry(step, given));
                    })));
  }

  private Launch prepare(Step step) {
    Elements elements = Elements.SCALARS;
    return switch (step) {
      case ProductStep product -> ProductLaunch.prepare(parameters, product);
      case TransformStep transform when transform.isForward() -> ForwardLaunch.prepare(parameters, transform);
      case TransformStep transform -> InverseLaunch.prepare(parameters, transform);
      case DepthwiseStep depthwise -> {
        int channels = depthwise.channels();
        int taps = depthwise.weight().count() / channels;
        float[] packed = Packing.taps(depthwise.weight().floats(), depthwise.bias().floats(), channels, taps);
        yield items(elements.of(depthwise, parameters.add(packed)));
      }
      case BlockStep block -> throw new IllegalStateException(block.name() + " is fused for a processor");
      case ConvolutionStep convolve -> {
        int weights = parameters.add(convolve.weight().floats());
        int bias = parameters.add(Packing.slabs(convolve.bias().floats(), convolve.output().slabbed().channels()));
        yield items(elements.of(convolve, weights, bias));
      }
      case PoolStep pool -> items(elements.of(pool));
      case ResizeStep resize ->
          items(
              elements.of(
                  resize,
                  ResizeTables.add(parameters, resize.vertical()),
                  ResizeTables.add(parameters, resize.horizontal())));
      case ExpressionStep map -> {
        DeviceSteps.requireKnown(map);
        yield items(elements.of(map));
      }
      case ArgChannelsStep channels ->
          throw new IllegalStateException(channels.name() + " is in vectors for a processor");
      case GeneralStep general -> items(elements.of(general));
      case CombineStep combine -> items(elements.of(combine));
      case NormalizeStep normalize -> items(elements.of(normalize));
      case MultiplyStep multiply -> items(elements.of(multiply));
      case MoveStep move -> items(elements.of(move));
    };
  }

  private static Launch items(ElementFunction function) {
    return new ElementLaunch(function);
  }
}
