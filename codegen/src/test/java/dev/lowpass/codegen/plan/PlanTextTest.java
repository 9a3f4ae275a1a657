package dev.lowpass.codegen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.text.IrText;
import dev.lowpass.passes.machine.Machines;
import org.junit.jupiter.api.Test;

/** What {@code lowpass opt --plan} shows. */
class PlanTextTest {
  @Test
  void kernelsLayoutsAndPlacesAreSaid() {
    String source =
        """
        graph @g(%x: f32[1, 16, 7, 7]) -> (%y) {
          %w = constant f32[16, 16] random(seed = 1)
          %f = dct %x {block = 7x7, order = zigzag, keep = [10*16]}
          %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [10*16]}
          %y = idct %p
        }
        """;
    Plan plan = Lowering.lower(IrText.parse(source, "g.ir"), Machines.AVX512);
    assertThat(PlanText.of(plan))
        .contains("p: banded product", "1 slabs of 7x7 zigzag coefficients at arena byte 0", "%x [1, 16, 7, 7] in rows at input 0")
        .endsWith("arena of 6272 bytes, largest live set 6272 bytes\n");
  }
}
