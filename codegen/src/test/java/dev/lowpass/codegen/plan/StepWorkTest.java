package dev.lowpass.codegen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machines;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Worked out by hand. */
class StepWorkTest {
  /** Of two images with 16 channels of one block of 49, of which 10 are kept. */
  private static final Plan PLAN =
      Lowering.lower(
          IrText.parse(
              """
              graph @g(%x: f32[2, 16, 7, 7]) -> (%y) {
                %w = constant f32[16, 16] random(seed = 1)
                %v = constant f32[16, 16] random(seed = 2)
                %a = pointwise %x, %v
                %f = dct %a {block = 7x7, order = zigzag, keep = [10*16]}
                %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [10*16]}
                %y = idct %p
              }
              """,
              "g.ir"),
          Machines.CUDA);

  private static final long MAP = 2 * 16 * 49 * Float.BYTES;
  private static final long KEPT = 2 * 16 * 10 * Float.BYTES;
  private static final long WEIGHTS = 16 * 16 * Float.BYTES;

  @Test
  void ofCoefficientsThoseCountThatAreKept() {
    Map<String, StepWork> work =
        PLAN.steps().stream().collect(Collectors.toMap(step -> step.kind(), StepWork::of, (first, _) -> first));
    assertThat(work.get("product")).isEqualTo(new StepWork(2 * 49 * 16 * 16, 0, 2 * MAP + WEIGHTS));
    assertThat(work.get("dct")).isEqualTo(new StepWork(0, 0, MAP + KEPT));
    assertThat(work.get("banded product")).isEqualTo(new StepWork(2 * 10 * 16 * 16, 0, KEPT + MAP + WEIGHTS));
    assertThat(work.get("idct")).isEqualTo(new StepWork(0, 0, KEPT + MAP));
  }

  @Test
  void aPlanIsTheSumOfItsSteps() {
    long bytes = PLAN.steps().stream().mapToLong(step -> StepWork.of(step).bytes()).sum();
    assertThat(StepWork.of(PLAN).bytes()).isEqualTo(bytes);
    assertThat(StepWork.of(PLAN).flops()).isEqualTo(2 * (2 * 49 + 2 * 10) * 16 * 16);
  }
}
