package dev.lowpass.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchScopeTest {
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @three(%x: f32[1, 2, 12, 16], %given: f32[2, 2]) -> (z = %z) {
            %w = constant f32[2, 2] [1.0, 2.0, 3.0, -4.0]
            %a = pointwise %x, %w loc("wide")
            %pooled = max_pool %a {kernel = [4, 2], strides = [4, 2]}
            %b = pointwise %pooled, %w loc("low")
            %computed = pointwise %b, %given loc("computed")
            %mean = global_average_pool %computed
            %z = pointwise %mean, %w loc("mean")
          }
          """,
          "three.ir");

  private static SearchScope blocks(int height, int width) {
    return SearchScope.everywhere(new Block(height, width), CoefficientOrder.ZIGZAG);
  }

  private static List<String> names(SearchScope scope) {
    return scope.layersOf(GRAPH).stream().map(SearchedLayer::name).toList();
  }

  @Test
  void layersWithKnownWeightsAndAMapAreSearched() {
    assertThat(names(blocks(6, 8))).containsExactly("wide", "low");
  }

  @Test
  void aMapThatIsTooNarrowIsLeftOut() {
    assertThat(names(blocks(6, 16))).containsExactly("wide");
  }

  @Test
  void blocksAreAsHighAsAMapThatTheyDoNotDivide() {
    assertThat(blocks(6, 8).layersOf(GRAPH)).extracting(SearchedLayer::block)
        .containsExactly(new Block(6, 8), new Block(3, 8));
  }

  @Test
  void onlyNamedLayersAreSearchedWhereSomeAreNamed() {
    assertThat(names(blocks(6, 8).within(Set.of("low")))).containsExactly("low");
  }

  @Test
  void energyOfWeightsIsCountedByInputChannel() {
    assertThat(blocks(6, 8).layersOf(GRAPH).getFirst().weightEnergy()).containsExactly(1 + 9, 4 + 16);
  }

  @Test
  void costIsThatOfTheWholeLayerWhereEverythingIsKept() {
    SearchedLayer wide = blocks(6, 8).layersOf(GRAPH).getFirst();
    assertThat(wide.multiplyAdds()).isEqualTo(12 * 16 * 2 * 2);
    assertThat(wide.full().retained()).isEqualTo(1);
    assertThat(wide.thresholds()).startsWith(0, 1, 6).endsWith(48).isSorted();
  }

  @Test
  void aLayerThatCannotBeSearchedIsNamedWithTheNearest() {
    assertThatThrownBy(() -> names(blocks(6, 8).within(Set.of("slow"))))
        .hasMessageStartingWith("LP6001 slow")
        .hasMessageContaining("6x8")
        .hasMessageContaining("'low'");
    assertThatThrownBy(() -> names(blocks(6, 8).within(Set.of("mean")))).hasMessageStartingWith("LP6001 mean");
  }

  @Test
  void aNetworkWithoutSuchMapsIsRefused() {
    assertThatThrownBy(() -> names(blocks(7, 7))).hasMessageStartingWith("LP6002 three").hasMessageContaining("7");
  }
}
