package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Views;
import java.util.List;

/**
 * A network as a sequence of kernels over placed memory. Inputs and outputs are row-major.
 *
 * @param views slots that lie in others; no step writes one of which another is the whole, or whose whole is written
 */
public record Plan(
    String name, List<Slot> inputs, List<Slot> outputs, List<Step> steps, Views views, MemoryPlan memory) {
  public Plan {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    steps = List.copyOf(steps);
  }
}
