package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.KernelFiles;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes into a library. */
class CpuEmitterTest {
  private static Library emit(String layers) {
    Machine machine = Machines.AVX512;
    Plan plan = Lowering.lower(KernelFiles.graph("layers.lpt", layers), machine);
    return CpuEmitter.emit(plan, machine, plan.steps().stream().map(new SearchSpace(machine)::builtIn).toList());
  }

  private static List<String> products(Library library) {
    return library.processor().stream().map(Function::name).filter(name -> name.startsWith("lowpass_product")).toList();
  }

  /** A kernel depends on shapes; weights are data. */
  @Test
  void layersOfOneShapeShareAKernel() {
    assertThat(products(emit("five_layers"))).hasSameSizeAs(products(emit("two_layers")));
    assertThat(emit("five_layers").parameters()).hasSizeGreaterThan(emit("two_layers").parameters().length + 3 * 32 * 32 * 4);
  }

  /** A choice that somebody recorded may ask for halves in panels that do not pair. */
  @Test
  void whatNoOtherAlgorithmCanMakeIsAPlainProduct() {
    Machine machine = Machines.AVX512;
    Plan plan = Lowering.lower(KernelFiles.graph("halves.lpt", "pairs_of_panels"), machine);
    List<Choice> builtIn = plan.steps().stream().map(new SearchSpace(machine)::builtIn).toList();
    assertThat(kernels(plan, machine, builtIn)).as("in pairs of panels").contains("sums", "quarter");
    List<Choice> unpaired =
        builtIn.stream().map(choice -> choice.has(Knob.VECTORS) ? choice.with(Knob.VECTORS, 5) : choice).toList();
    assertThat(kernels(plan, machine, unpaired)).contains("product").doesNotContain("sums", "quarter");
  }

  /** The kinds of kernels in a library. */
  private static List<String> kernels(Plan plan, Machine machine, List<Choice> choices) {
    return CpuEmitter.emit(plan, machine, choices).processor().stream()
        .map(function -> function.name().replaceAll("lowpass_|_\\d+", ""))
        .toList();
  }

  @Test
  void arenasAreWholeCacheLines() {
    Library library = emit("five_layers");
    assertThat(library.parameters().length % 64).isZero();
    assertThat(library.scratchBytes() % 64).isZero();
    assertThat(library.privateBytes() % 64).isZero();
  }
}
