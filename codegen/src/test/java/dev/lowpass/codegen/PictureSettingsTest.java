package dev.lowpass.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureSettingsTest {
  private static final Graph ONE =
      IrText.parse("graph @one(%x: f32[1, 3, 8, 8], %s: f32[4]) -> (%y) {\n  %y = relu %x\n}\n", "one.ir");

  private static final Graph TWO =
      IrText.parse(
          "graph @two(%x: f32[1, 3, 8, 8], %z: f32[1, 3, 8, 8]) -> (%y) {\n  %y = add %x, %z\n}\n", "two.ir");

  private static final BandsFile BANDS =
      BandsFile.parse("bands 1 input \"x\" 6x6 layer \"p\" block 2x2 order zigzag keep [4*3]", "b.bands");

  @Test
  void theUsualSizesAreThoseOfTheBands() {
    assertThat(PictureSettings.USUAL.in(Optional.of(BANDS), ONE)).contains(BANDS);
    assertThat(PictureSettings.USUAL.in(Optional.empty(), ONE)).isEmpty();
  }

  @Test
  void aSizeThatIsAskedForTakesTheirPlace() {
    BandsFile file = PictureSettings.of(InputSize.of(4, 5)).in(Optional.of(BANDS), ONE).orElseThrow();
    assertThat(file.inputs()).containsExactly(Map.entry("x", InputSize.of(4, 5)));
    assertThat(file.layers()).isEqualTo(BANDS.layers());
    assertThat(PictureSettings.of(InputSize.of(4, 5)).in(Optional.empty(), ONE).orElseThrow().layers()).isEmpty();
  }

  @Test
  void itMustBeClearWhichPictureIsMeant() {
    assertThatThrownBy(() -> PictureSettings.of(InputSize.of(4, 5)).in(Optional.empty(), TWO))
        .hasMessage(
            "LP4007 two: has 2 inputs that take pictures, [x, z]; say in a bands file which of them becomes 4x5");
  }

  @Test
  void aSmallPictureHasAKnownSize() {
    PictureSettings small = new PictureSettings(Optional.empty(), true);
    assertThat(small.in(Optional.of(BANDS), ONE)).contains(BANDS);
    assertThatThrownBy(() -> small.in(Optional.empty(), ONE))
        .hasMessage("LP4008 one: is to take a small picture, but neither bands nor options say of which size");
  }
}
