package dev.lowpass.codegen.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.cpu.work.SlabShares;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.DepthwiseStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A projection that does not wait for other workers must read only what its own worker made, in whole panels. */
class SharedSlabsTest {
  private static final String BLOCK =
      """
      graph @block(%%x: f32[1, 24, 14, 14]) -> (%%z) {
        %%w1 = constant f32[%1$d, 24] random(seed = 1)
        %%d = constant f32[%1$d, 3, 3] random(seed = 3)
        %%w2 = constant f32[24, %1$d] random(seed = 2)
        %%e = pointwise %%x, %%w1
        %%y = depthwise %%e, %%d {kernel = [3, 3], pads = [1, 1, 1, 1]}
        %%c = dct %%y {block = 7x7, order = zigzag}
        %%p = pointwise %%c, %%w2 {block = 7x7, order = zigzag, keep = [49*16, 20*%2$d]}
        %%z = idct %%p
      }
      """;

  @ParameterizedTest
  @CsvSource({"48, 1", "80, 2", "144, 2", "144, 3", "208, 4", "336, 3"})
  void sharesAreWholePanels(int channels, int panel) {
    Plan plan =
        Lowering.lower(IrText.parse(BLOCK.formatted(channels, channels - 16), "block"), Machines.AVX512);
    SearchSpace space = new SearchSpace(CpuTarget.ofThisMachine().machine());
    List<Choice> choices = new ArrayList<>();
    for (Step step : plan.steps()) {
      Choice choice = space.builtIn(step);
      choices.add(step instanceof DepthwiseStep ? choice.with(Knob.VECTORS, panel) : choice);
    }
    List<SlabShares> shares =
        plan.steps().stream().flatMap(step -> SharedSlabs.of(plan, step, choices).stream()).distinct().toList();
    assertThat(shares).as("the depthwise step's and the projection's").hasSize(2);
    assertThat(shares.getFirst().bounds()).isEqualTo(shares.getLast().bounds());
    int slabs = Math.ceilDiv(channels, 16);
    int[] bounds = shares.getFirst().bounds();
    for (int workers = 1; workers <= SlabShares.MOST; workers++) {
      int[] row = new int[SlabShares.MOST + 1];
      System.arraycopy(bounds, (workers - 1) * row.length, row, 0, row.length);
      assertThat(row).isSorted().startsWith(0).endsWith(slabs);
      assertThat(row[workers]).isEqualTo(slabs);
      for (int bound : row) {
        assertThat(bound % panel == 0 || bound == slabs)
            .as("%d of %d slabs, panels of %d", bound, slabs, panel)
            .isTrue();
      }
    }
  }
}
