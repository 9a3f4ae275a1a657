package dev.lowpass.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlViewTest {
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
  void aPageHasARowForEachNodeAndEscapesNames() {
    String page = new HtmlView(List.of(GRAPH)).text();
    assertThat(page)
        .contains("a&lt;b", "class=\"frequency\"", "50.0 %", "3 nodes")
        .doesNotContain("a<b", "<script", "http");
  }

  @Test
  void graphsThatUseTheSameNamesHaveAnchorsOfTheirOwn() {
    String page = new HtmlView(List.of(GRAPH, GRAPH)).text();
    assertThat(page).contains("id=\"0:z\"", "id=\"1:z\"", "href=\"#1:a&lt;b\"").doesNotContain("id=\"z\"");
    assertThat(page.split("<h1>", -1)).hasSize(3);
  }

  @Test
  void dotHasANodeAndEdgesForEachNode() {
    String dot = new DotView(GRAPH).text();
    assertThat(dot).startsWith("digraph \"g\" {").contains("[color=blue]", "keeps 50.0 %");
    assertThat(dot.lines().filter(line -> line.contains("->"))).hasSize(4);
  }
}
