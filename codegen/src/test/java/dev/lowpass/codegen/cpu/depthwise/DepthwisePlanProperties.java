package dev.lowpass.codegen.cpu.depthwise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.op.Window;
import dev.lowpass.passes.machine.Machine;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However a map is cut into chunks and strips: every output is made once, from rows that are there. */
class DepthwisePlanProperties {
  @Property
  void stripsMakeEveryUnitOnceFromExpandedRows(
      @ForAll @IntRange(min = 1, max = 130) int height,
      @ForAll @IntRange(min = 1, max = 130) int width,
      @ForAll @IntRange(min = 1, max = 7) int kernel,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(max = 4) int pad,
      @ForAll @IntRange(min = 1, max = 20) int groups,
      @ForAll @IntRange(min = 1, max = 2000) int positions,
      @ForAll @IntRange(max = 2) int ofBlocks) {
    int blockRows = List.of(0, 1, 7).get(ofBlocks);
    int made = Math.max(1, blockRows);
    Assume.that(height % made == 0);
    Assume.that(height + 2 * pad >= kernel && width + 2 * pad >= kernel);
    Window window = Window.of(kernel, stride, pad);
    int outputHeight = window.outputExtent(0, height, false);
    int unitRows = outputHeight % 7 == 0 ? 7 : 1;
    Machine machine = CpuTarget.X86_64_V4.machine();
    DepthwisePlan plan =
        DepthwisePlan.of(window, height, width, outputHeight, blockRows, unitRows, 2, groups, positions, machine);
    assertThat(blockRows > 0 && plan.strips().size() > 1).as("a chunk of a map of blocks").isFalse();
    int unit = 0;
    for (List<DepthwisePlan.Strip> chunk : plan.strips()) {
      int expanded = chunk.isEmpty() ? 0 : chunk.getFirst().mapRow();
      for (DepthwisePlan.Strip strip : chunk) {
        assertThat(strip.unit()).isEqualTo(unit);
        assertThat(strip.expandFrom()).isEqualTo(expanded);
        assertThat(strip.expandFrom() % made + strip.expandRows() % made).as("rows of a part of a block").isZero();
        unit += strip.units();
        expanded += strip.expandRows();
        int first = Math.max(0, strip.unit() * unitRows * stride - pad);
        int last = Math.min(height, (unit * unitRows - 1) * stride - pad + kernel);
        assertThat(strip.mapRow()).as("first row of the map").isLessThanOrEqualTo(Math.min(first, height));
        assertThat(expanded).as("end of the expanded rows").isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(height);
        assertThat(expanded - strip.mapRow()).isLessThanOrEqualTo(plan.mapRows());
      }
    }
    assertThat(unit * unitRows).isEqualTo(outputHeight);
  }
}
