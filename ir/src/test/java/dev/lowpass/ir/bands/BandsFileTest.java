package dev.lowpass.ir.bands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.text.IrText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandsFileTest {
  private static final String TWO_LAYERS =
      """
      // found by calibration
      bands 1
      layer "conv1" block 7x7 order zigzag keep [49*2, 0]
      layer "a/b \\"c\\"" block 2x3 order square keep [6, 5*3]
      """;

  private static final String WITH_PICTURES =
      """
      bands 1
      input "left" 192x160
      layer "conv1" block 7x7 order zigzag keep [49*2, 0]
      input "right \\"eye\\"" 96x96 filter dct
      """;

  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @net(%x: f32[1, 3, 14, 14]) -> (%y) {
            %w = constant f32[4, 3] random(seed = 1)
            %p = pointwise %x, %w loc("conv1_pw")
            %y = relu %p loc("relu1")
          }
          """,
          "net.ir");

  @Test
  void readsLayersInOrder() {
    BandsFile file = BandsFile.parse(TWO_LAYERS, "two.bands");
    assertThat(file.layers().keySet()).containsExactly("conv1", "a/b \"c\"");
    assertThat(file.of("a/b \"c\""))
        .contains(new BandLimit(new Block(2, 3), CoefficientOrder.SQUARE, new Bands(List.of(6, 5, 5, 5))));
    assertThat(file.of("conv2")).isEmpty();
  }

  @Test
  void printsOneLayerALine() {
    assertThat(BandsFile.parse(TWO_LAYERS, "two.bands").print())
        .isEqualTo(
            """
            bands 1

            layer "conv1" block 7x7 order zigzag keep [49*2, 0]
            layer "a/b \\"c\\"" block 2x3 order square keep [6, 5*3]
            """);
  }

  @Test
  void inputsHaveSizesAndFilters() {
    BandsFile file = BandsFile.parse(WITH_PICTURES, "pictures.bands");
    assertThat(file.inputs().sequencedKeySet()).containsExactly("left", "right \"eye\"");
    assertThat(file.inputs())
        .containsEntry("left", InputSize.of(192, 160))
        .containsEntry("right \"eye\"", new InputSize(new MapSize(96, 96), ResizeFilter.DCT));
    assertThat(file.layers()).hasSize(1);
  }

  @Test
  void inputsMayBeReadInTheirMiddle() {
    String text = "bands 1\n\ninput \"x\" 176x160 crop 208x192 filter dct\ninput \"y\" 8x8 crop 8x9\n";
    BandsFile file = BandsFile.parse(text, "middle.bands");
    assertThat(file.inputs())
        .containsEntry("x", new InputSize(new MapSize(176, 160), Optional.of(new MapSize(208, 192)), ResizeFilter.DCT));
    assertThat(file.print()).isEqualTo(text);
  }

  @Test
  void inputsArePrintedFirstAndTheUsualFilterIsNot() {
    assertThat(BandsFile.parse(WITH_PICTURES + "input \"x\" 8x8 filter cubic", "pictures.bands").print())
        .isEqualTo(
            """
            bands 1

            input "left" 192x160
            input "right \\"eye\\"" 96x96 filter dct
            input "x" 8x8
            layer "conv1" block 7x7 order zigzag keep [49*2, 0]
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "right \\"eye\\""  | "left"           | LP2106 b.bands:4:7: input "left" is listed twice
          192x160            | 192x0            | LP2107 b.bands:2:14: a map has sides of 1 to 16384, not 192x0
          192x160            | 16385x1          | LP2107 b.bands:2:14: a map has sides of 1 to 16384, not 16385x1
          192x160            | 192x99999999999  | LP2107 b.bands:2:14: a map has sides of 1 to 16384, written 192x160
          filter dct         | filter box       | LP2108 b.bands:4:36: no filter 'box'; there are cubic, linear and dct
          192x160            | 192x160 crop 200x159 | LP2109 b.bands:2:27: the middle 200x159 is smaller than 192x160
          192x160            | 192x160 crop 0x200 | LP2107 b.bands:2:27: a map has sides of 1 to 16384, not 0x200
          192x160            | 192              | LP2100 b.bands:2:14: expected size, found "192"
          filter dct         | by dct           | LP2100 b.bands:4:29: expected the end of the text or 'input' or 'layer', found "by"
          """)
  void mistakesAboutPicturesAreLocated(String written, String mistaken, String message) {
    assertThat(WITH_PICTURES).contains(written);
    assertThatThrownBy(() -> BandsFile.parse(WITH_PICTURES.replace(written, mistaken), "b.bands"))
        .isInstanceOf(LowpassException.class)
        .hasMessage(message);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void parsingWhatWasPrintedGivesTheSameBands(@ForAll("files") BandsFile file) {
    assertThat(BandsFile.parse(file.print(), "printed.bands")).isEqualTo(file);
  }

  @Provide
  Arbitrary<BandsFile> files() {
    Arbitrary<Block> blocks =
        Combinators.combine(between(1, 14), between(1, 14)).as(Block::new);
    Arbitrary<BandLimit> limits =
        blocks.flatMap(
            block ->
                Combinators.combine(Arbitraries.of(CoefficientOrder.class), between(0, block.size()).list().ofMaxSize(20))
                    .as((order, keep) -> new BandLimit(block, order, new Bands(keep))));
    Arbitrary<InputSize> sizes =
        Combinators.combine(sides(), sides(), Arbitraries.of(ResizeFilter.class))
            .flatAs(
                (height, width, filter) ->
                    Combinators.combine(between(height, MapSize.MAX_SIDE), between(width, MapSize.MAX_SIDE))
                        .as(MapSize::new)
                        .optional(0.5)
                        .map(crop -> new InputSize(new MapSize(height, width), crop, filter)));
    Arbitrary<String> names = Arbitraries.strings().ofMaxLength(12);
    return Combinators.combine(
            Arbitraries.maps(names, limits).ofMaxSize(5), Arbitraries.maps(names, sizes).ofMaxSize(3))
        .as((layers, inputs) -> new BandsFile(new LinkedHashMap<>(layers), new LinkedHashMap<>(inputs)));
  }

  private static Arbitrary<Integer> sides() {
    return between(1, MapSize.MAX_SIDE);
  }

  private static Arbitrary<Integer> between(int least, int most) {
    return Arbitraries.integers().between(least, most);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep58", "keep70", "keep75"})
  void readsTheThresholdsOfMobileNet(String strength) throws IOException {
    Path path = Path.of("..", "..", "shared", "bands", "mobilenet_v2_1.0_224." + strength + ".bands");
    Assumptions.assumeTrue(Files.exists(path), "the thresholds of MobileNetV2 are not beside this checkout");
    BandsFile file = BandsFile.parse(Files.readString(path), path.toString());
    assertThat(file.layers()).hasSize(34);
    assertThat(BandsFile.parse(file.print(), "printed.bands")).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          bands 1       | bands 2                | LP2101 b.bands:2:7: version 2 of the bands format, not 1
          "a/b \\"c\\"" | "conv1"                | LP2102 b.bands:4:7: layer "conv1" is listed twice
          [49*2, 0]     | [50*2, 0]              | LP2103 b.bands:3:44: layer "conv1": band of 50 coefficients, but a 7x7 block has 49; thresholds are 0..49
          [49*2, 0]     | [49*2, -1]             | LP2103 b.bands:3:50: layer "conv1": band of -1 coefficients, but a 7x7 block has 49; thresholds are 0..49
          order square  | order spiral           | LP2104 b.bands:4:35: no coefficient order 'spiral'; there are zigzag, diagonal and square
          [49*2, 0]     | [49*99999999999999, 0] | LP2105 b.bands:3:47: a run of 99999999999999 numbers; runs have 1 to 65536
          [49*2, 0]     | [49*2, 0*65535]        | LP2105 b.bands:3:50: a list of 65537 numbers; the most is 65536
          block 7x7     | block 0x7              | LP2100 b.bands:3:21: a block has sides of 1 to 64, not 0x7
          order zigzag  | oder zigzag            | LP2100 b.bands:3:25: expected 'order', found "oder"
          """)
  void mistakesAreLocatedAndSayBothSides(String written, String mistaken, String message) {
    assertThat(TWO_LAYERS).contains(written);
    assertThatThrownBy(() -> BandsFile.parse(TWO_LAYERS.replace(written, mistaken), "b.bands"))
        .isInstanceOf(LowpassException.class)
        .hasMessage(message);
  }

  @Test
  void bandsOfTheModelFit() {
    assertThatCode(() -> bands("conv1_pw", 3).checkAgainst(GRAPH)).doesNotThrowAnyException();
  }

  @Test
  void bandsOfAnotherModelDoNot() {
    assertThatThrownBy(() -> bands("conv1", 3).checkAgainst(GRAPH))
        .hasMessage("LP2110 conv1: no such layer in graph 'net'; the nearest pointwise layer is 'conv1_pw'");
    assertThatThrownBy(() -> bands("conv1_pw", 4).checkAgainst(GRAPH))
        .hasMessage("LP2111 conv1_pw: bands for 4 channels, but the layer reads 3; are they of another model?");
    assertThatThrownBy(() -> bands("relu1", 4).checkAgainst(GRAPH))
        .hasMessage("LP2112 relu1: bands are for pointwise layers, but this is relu");
  }

  @Test
  void sizesAreForInputsThatTakePictures() {
    assertThatCode(() -> sized("x").checkAgainst(GRAPH)).doesNotThrowAnyException();
    assertThatThrownBy(() -> sized("xy").checkAgainst(GRAPH))
        .hasMessage("LP2113 xy: no such input of graph 'net'; the nearest is 'x'");
    Graph vector = IrText.parse("graph @g(%x: f32[3, 14]) -> (%y) {\n  %y = relu %x\n}\n", "g.ir");
    assertThatThrownBy(() -> sized("x").checkAgainst(vector))
        .hasMessage("LP2114 x: sizes are for pictures [N, C, H, W], but this input is f32[3, 14]");
  }

  private static BandsFile sized(String input) {
    return BandsFile.parse("bands 1 input \"%s\" 8x8".formatted(input), "b.bands");
  }

  private static BandsFile bands(String layer, int channels) {
    String text = "bands 1 layer \"%s\" block 7x7 order zigzag keep [1*%d]".formatted(layer, channels);
    return BandsFile.parse(text, "b.bands");
  }
}
