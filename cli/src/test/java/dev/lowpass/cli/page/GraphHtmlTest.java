package dev.lowpass.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphHtmlTest {
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

  private static String page(Graph... graphs) {
    return new GraphHtml(List.of(graphs), Optional.empty(), Optional.empty()).text();
  }

  @Test
  void aPageHasARowForEachNodeAndEscapesNames() {
    assertThat(page(GRAPH))
        .contains("a&lt;b", "badge frequency", "50.0 %", "<b>3</b>", "layer &quot;1&quot;")
        .doesNotContain("a<b", "http:", "https:", "src=")
        .isEqualTo(page(GRAPH));
  }

  /** Whatever names say: their text is in no place where it would be a script, and would not run if it were. */
  @Test
  void onlyOurScriptMayRun() {
    String page = page(GRAPH);
    assertThat(page).contains("default-src 'none'; script-src 'sha256-").doesNotContain("unsafe-eval");
    assertThat(page.split("<script", -1)).hasSize(2);
  }

  @Test
  void graphsHaveAnchorsOfTheirOwn() {
    String page = page(GRAPH, GRAPH);
    assertThat(page).contains("id=\"g0n2\"", "id=\"g1n2\"", "href=\"#g1n0\"", "id=\"bands-0\"", "id=\"bands-1\"");
  }

  @Test
  void controlCharactersHaveNoPlaceInIt() {
    assertThat(Html.escaped("a\u0000b\u001b[31m\nc'")).isEqualTo("a\uFFFDb\uFFFD[31m\nc&#39;");
  }
}
