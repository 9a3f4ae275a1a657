package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes into a library. */
class CpuEmitterTest {
  private static Library emit(int layers) {
    StringBuilder text = new StringBuilder("graph @g(%p0: f32[1, 32, 10, 10]) -> (%p" + layers + ") {\n");
    for (int i = 1; i <= layers; i++) {
      text.append("  %w").append(i).append(" = constant f32[32, 32] random(seed = ").append(i).append(")\n");
      text.append("  %%p%d = pointwise %%p%d, %%w%d%n".formatted(i, i - 1, i));
    }
    Plan plan = Lowering.lower(IrText.parse(text + "}\n", "g.ir"), Machines.AVX512);
    Machine machine = CpuTarget.X86_64_V4.machine();
    return CpuEmitter.emit(plan, machine, plan.steps().stream().map(new SearchSpace(machine)::builtIn).toList());
  }

  private static List<String> products(Library library) {
    return library.processor().stream().map(Function::name).filter(name -> name.startsWith("lowpass_product")).toList();
  }

  /** A kernel depends on shapes; weights are data. */
  @Test
  void layersOfOneShapeShareAKernel() {
    assertThat(products(emit(5))).hasSameSizeAs(products(emit(2)));
    assertThat(emit(5).parameters()).hasSizeGreaterThan(emit(2).parameters().length + 3 * 32 * 32 * 4);
  }

  @Test
  void arenasAreWholeCacheLines() {
    Library library = emit(3);
    assertThat(library.parameters().length % 64).isZero();
    assertThat(library.scratchBytes() % 64).isZero();
    assertThat(library.privateBytes() % 64).isZero();
  }
}
