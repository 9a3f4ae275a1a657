package dev.lowpass.codegen.gpu;

import dev.lowpass.codegen.element.ElementFunction;
import dev.lowpass.codegen.element.Elements;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Packing;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.Slot;
import dev.lowpass.codegen.plan.Step;
import dev.lowpass.codegen.tvm.Code;
import dev.lowpass.codegen.tvm.Function;
import dev.lowpass.codegen.tvm.Parameter;
import dev.lowpass.codegen.tvm.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns a plan into two entry functions for a device, {@code lowpass_main} and {@code lowpass_step}, of the same arguments as a
 * processor's. The plan must be one of {@link dev.lowpass.codegen.plan.FusionReach#EPILOGUES}.
 */
public final class GpuEmitter {
  private final Parameters parameters = new Parameters();

  private GpuEmitter() {}

  public static Library emit(Plan plan) {
    return new GpuEmitter().library(plan);
  }

  private Library library(Plan plan) {
    Map<Slot, Integer> constants = constants(plan);
    List<Launch> steps = plan.steps().stream().map(this::prepare).toList();
    if (parameters.size() == 0) {
      parameters.add(new float[1]);
    }
    Arguments arguments = new Arguments(plan, constants, parameters.size(), 0);
    Function main =
        entry("lowpass_main", arguments, List.of(), code -> steps.forEach(step -> step.write(code, arguments)));
    Var chosen = Var.i32("step");
    Function one =
        entry(
            "lowpass_step",
            arguments,
            List.of(chosen),
            code -> {
              for (int i = 0; i < steps.size(); i++) {
                Launch step = steps.get(i);
                code.when(chosen.equalTo(i), body -> step.write(body, arguments));
              }
            });
    return new Library(List.of(), List.of(main, one), parameters.toBytes(), plan.memory().elements(), 0);
  }

  private static Function entry(
      String name, Arguments arguments, List<? extends Parameter> first, Consumer<Code> body) {
    List<Parameter> all = new ArrayList<>(first);
    all.addAll(arguments.all());
    return Function.entry(name, all, Code.of(body));
  }

  /** Puts every constant operand into the parameters. */
  private Map<Slot, Integer> constants(Plan plan) {
    Map<Slot, Integer> offsets = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      for (Slot slot : step.reads()) {
        if (slot.home() == Slot.Home.CONSTANT && !offsets.containsKey(slot)) {
          offsets.put(slot, parameters.add(slot.constant().orElseThrow().floats()));
        }
      }
    }
    return offsets;
  }

  private Launch prepare(Step step) {
    Elements elements = Elements.SCALARS;
    return switch (step) {
      case Step.Product product -> ProductLaunch.prepare(parameters, product);
      case Step.Transform transform when transform.isForward() -> ForwardLaunch.prepare(parameters, transform);
      case Step.Transform transform -> InverseLaunch.prepare(parameters, transform);
      case Step.FusedDepthwise depthwise -> {
        int channels = depthwise.channels();
        int taps = depthwise.weight().length / channels;
        int weights = parameters.add(Packing.taps(depthwise.weight(), depthwise.bias(), channels, taps));
        yield items(elements.of(depthwise, weights));
      }
      case Step.Convolve convolve -> {
        int weights = parameters.add(convolve.weight());
        int bias = parameters.add(Packing.slabs(convolve.bias(), convolve.output().slabbed().channels()));
        yield items(elements.of(convolve, weights, bias));
      }
      case Step.Pool pool -> items(elements.of(pool));
      case Step.Map map -> items(elements.of(map));
      case Step.Combine combine -> items(elements.of(combine));
      case Step.Normalize normalize -> items(elements.of(normalize));
      case Step.Multiply multiply -> items(elements.of(multiply));
      case Step.Move move -> items(elements.of(move));
    };
  }

  private static Launch items(ElementFunction function) {
    return (code, arguments) -> WorkItems.forEach(code, function.count(), (body, item) -> function.write(body, arguments, item));
  }
}
