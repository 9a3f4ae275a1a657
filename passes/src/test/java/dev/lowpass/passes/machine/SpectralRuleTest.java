package dev.lowpass.passes.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.op.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralRuleTest {
  private static final SpectralRule RULE = new SpectralRule(Optional.of(DevicePrices.H200));

  private static SpectralDepthwise layer(int images, int channels, int side, int stride, int block) {
    Bands half = Bands.full(channels, Math.ceilDiv(block * block, 2));
    Optional<SpectralDepthwise.Transform> transform =
        Optional.of(new SpectralDepthwise.Transform(new Block(block, block), half));
    return new SpectralDepthwise(images, channels, side, side, Window.of(3, stride, 1), transform, transform);
  }

  /** The layers of MobileNetV2. */
  @ParameterizedTest
  @CsvSource({"96, 112, 2", "144, 56, 1", "144, 56, 2", "192, 28, 1", "192, 28, 2", "576, 14, 1", "576, 14, 2", "960, 7, 1"})
  void takesLayersOfAnyBatch(int channels, int side, int stride) {
    for (int images : new int[] {1, 8, 128}) {
      assertThat(RULE.tile(layer(images, channels, side, stride, 7))).isPresent();
    }
  }

  @Test
  void readsWhatGroupsShareTwice() {
    SpectralDepthwise layer = layer(1, 144, 56, 1, 7);
    SpectralTile inner = new SpectralTile(layer, 14, 8, 256);
    assertThat(inner.blockRows()).isEqualTo(4);
    assertThat(inner.bytesRead()).isEqualTo(2 * layer.bytesRead());
    SpectralTile all = new SpectralTile(layer, 56, 8, 256);
    assertThat(all.bytesRead()).isEqualTo(layer.bytesRead());
  }

  @Test
  void tilesFit() {
    List<SpectralTile> tiles = SpectralTile.of(layer(1, 40, 56, 1, 7));
    assertThat(tiles)
        .isNotEmpty()
        .allMatch(tile -> tile.cells() * tile.lanes() * Float.BYTES <= 48 << 10)
        .allMatch(tile -> tile.strips() <= tile.items())
        .allMatch(tile -> tile.height() % 7 == 0 && tile.tiles() * tile.height() == 56);
  }

  @Test
  void leavesLongLinesAlone() {
    assertThat(RULE.tile(layer(8, 96, 56, 1, 14))).isEmpty();
  }

  @Test
  void neverIsNever() {
    assertThat(SpectralRule.NEVER.tile(layer(8, 96, 56, 1, 7))).isEmpty();
  }
}
