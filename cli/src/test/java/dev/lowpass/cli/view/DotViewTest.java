package dev.lowpass.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import org.junit.jupiter.api.Test;

class DotViewTest {
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @g(%"a<b": f32[1, 2, 7, 7]) -> (z = %z) {
            %w = constant f32[2, 2] [1.0, 0.0, 0.0, 1.0]
            %f = dct %"a<b" {block = 7x7, order = zigzag}
            %p = pointwise %f, %w {block = 7x7, order = zigzag, keep = [49, 0]} loc("layer \\"1\\"")
            %z = idct %p
          }
          """,
          "g.ir");

  @Test
  void dotHasANodeAndEdgesForEachNode() {
    String dot = new DotView(GRAPH).text();
    assertThat(dot).startsWith("digraph \"g\" {").contains("[color=blue]", "keeps 50.0 %");
    assertThat(dot.lines().filter(line -> line.contains("->"))).hasSize(4);
  }
}
