package dev.lowpass.codegen.backend;

import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A target: what is fast there, how a plan becomes code for it, and what it takes to run that. A new one is a class here
 * and a line in {@link Backends}; if its device is new to the runtime, a line in {@code runtime.execution} as well.
 */
public interface Backend {
  /** As users write it, and as artifacts record it: for instance {@code cpu:x86-64-v4}. */
  String name();

  /** Where kernels run. */
  DeviceKind device();

  /** The processor that runs the code, or that drives the device that does. */
  CpuTarget host();

  /** What runs the kernels can do: how much of a graph becomes one of them, and how passes and kernels cut their work. */
  Machine machine();

  /**
   * The same target with products in each precision that it has instructions for besides single: the fastest first, and
   * of those that are as fast the one with the most digits.
   */
  default List<Backend> rounding() {
    return List.of();
  }

  /**
   * What work costs there as built in, by which the forms of layers are chosen; where nobody knows, what it costs
   * elsewhere.
   */
  default PricedModel prices() {
    return Prices.of(machine());
  }

  /** The steps that compute {@code graph}. */
  default Plan plan(Graph graph) {
    return Lowering.lower(graph, machine());
  }

  /** Which choices there are for each step; none where kernels have nothing to choose. */
  Optional<ChoiceSpace> choices();

  /**
   * Code for {@code plan}. There is more than one variant where choices are timed side by side, and the library then
   * holds their steps one after the other.
   *
   * @param variants each a choice for every step; a backend without {@link #choices} does not look at them
   * @param parameters to which the code's are added; it sees all that are there then
   */
  Library emit(Plan plan, List<List<Choice>> variants, Parameters parameters);

  /**
   * What an artifact holds of {@code library}.
   *
   * @param limits of which that of code is held
   * @param compiled hears how many functions are done
   */
  Sections build(Library library, Limits limits, IntConsumer compiled);

  /** Whether this machine can run the code. It may load a driver to see. */
  Presence presence();

  /**
   * Makes sure that this machine can run the code.
   *
   * @throws LowpassException LP4011 where it cannot
   */
  default void requireHere() {
    if (presence() instanceof Presence.Missing missing) {
      throw new LowpassException(
          "LP4011", name(), missing.lack() + " here to check the compiled code on; compile with --no-check");
    }
  }

  /** What artifacts say about where they run. */
  default Manifest.Target target() {
    return new Manifest.Target(name(), host().platform(), device(), host().requiredFlags());
  }
}
