package dev.lowpass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.cli.learning.Sizes;
import dev.lowpass.cli.learning.SourceNetwork;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.onnx.ImportOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Among which sizes of the picture is chosen. */
class PictureSizesTest {
  @TempDir private Path folder = Path.of("");

  private SourceNetwork network(Path file) {
    return SourceNetwork.read(file, "cpu", ImportOptions.defaults(), new PricesOrigin.BuiltIn());
  }

  private static List<String> texts(List<Optional<InputSize>> sizes) {
    return sizes.stream().map(size -> size.map(InputSize::toString).orElse("own")).toList();
  }

  @Test
  void whatClassifiesIsGivenTheMiddleAsWell() {
    SourceNetwork network = network(LearningModel.write(folder.resolve("small.onnx")));
    assertThat(texts(Sizes.among(List.of(), network)))
        .containsExactly("own", "16x16 filter dct", "16x16 crop 16x16 filter dct");
  }

  @Test
  void sizesOfMapsAreSaidByWhoWantsThem() {
    SourceNetwork network = network(LearningModel.writeOfMaps(folder.resolve("maps.onnx")));
    assertThat(texts(Sizes.among(List.of(), network))).containsExactly("own");
  }

  @Test
  void thoseOfOneSizeStandSideBySide() {
    SourceNetwork network = network(LearningModel.write(folder.resolve("small.onnx")));
    List<InputSize> given =
        Stream.of("16x16", "24x24/31x31", "16x16/24x20", "32x32", "24x24", "16x16").map(Sizes::parse).toList();
    assertThat(texts(Sizes.among(given, network)))
        .containsExactly(
            "own",
            "24x24 crop 31x31 filter dct",
            "24x24 filter dct",
            "16x16 filter dct",
            "16x16 crop 24x20 filter dct");
  }

  @Test
  void middlesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Sizes.parse("16x16/24x15")).hasMessage("the middle 24x15 is smaller than 16x16");
    SourceNetwork network = network(LearningModel.write(folder.resolve("small.onnx")));
    for (String large : List.of("32x32/33x33", "16x16/33x32")) {
      assertThatThrownBy(() -> Sizes.among(List.of(Sizes.parse(large)), network))
          .hasMessage("LP7052 --sizes " + large + ": is more than the model's pictures of 32x32");
    }
    assertThatThrownBy(() -> Sizes.parse("16x16/")).hasMessage("a map has sides of 1 to 16384, written 192x160");
  }
}
