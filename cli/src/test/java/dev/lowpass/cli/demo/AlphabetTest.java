package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlphabetTest {
  private static final Alphabet AB = new Alphabet(List.of("a", "b", " "));

  private static float[] columns(int... best) {
    float[] scores = new float[4 * best.length];
    for (int column = 0; column < best.length; column++) {
      scores[4 * column + best[column]] = 1;
    }
    return scores;
  }

  @Test
  void whatRepeatsIsTakenOnceUnlessNothingIsBetween() {
    assertThat(AB.read(columns(0, 1, 1, 0, 1, 2, 2, 0))).isEqualTo("aab");
    assertThat(AB.read(columns(1, 3, 3, 2))).isEqualTo("a b");
    assertThat(AB.read(columns(3, 1, 3, 0, 3, 2, 3))).isEqualTo("a b");
    assertThat(AB.read(columns(0, 0, 0))).isEmpty();
    assertThat(AB.read(columns())).isEmpty();
  }

  @Test
  void scoresMustBeOfItsClasses() {
    assertThatThrownBy(() -> AB.read(new float[5])).hasMessage("5 scores, not of 4 classes");
  }

  @Test
  void theRecognisersOwn() throws IOException {
    ImportOptions shapes = ImportOptions.defaults().withShapes(DemoModel.RECOGNISER.shapes());
    Alphabet alphabet = Alphabet.of(OnnxReader.read(DemoModel.RECOGNISER.bytes(), "recogniser", shapes));
    assertThat(alphabet.characters()).contains("a", "Z", "7", ".").endsWith(" ").doesNotContain("").hasSize(6624);
  }
}
