package dev.lowpass.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theFirstAndTheLastFieldCount() throws IOException {
    Labels labels = read("472\tn02951358\tcanoe\ta.jpg\n\n3\tb.jpg\n");
    assertThat(labels.entries()).containsExactly(new Labels.Entry(472, "a.jpg"), new Labels.Entry(3, "b.jpg"));
  }

  @Test
  void aBadLineIsNamed() {
    assertThatThrownBy(() -> read("1\ta.jpg\ncanoe\tb.jpg\n"))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7012")
        .hasMessageContaining("labels.txt:2");
  }

  @Test
  void aLimitSpreadsOverAll() throws IOException {
    Labels labels = read("0\ta\n1\tb\n2\tc\n3\td\n").limited(2);
    assertThat(labels.entries()).extracting(Labels.Entry::label).containsExactly(0, 2);
  }

  @Test
  void accuracyCountsBothEngines() {
    Scores right = new Scores(new float[] {0, 1, 0, 0, 0, 0, 0});
    Scores wrong = new Scores(new float[] {9, 1, 5, 5, 5, 5, 5});
    Accuracy accuracy = Accuracy.none().plus(1, right, Optional.of(wrong)).plus(1, right, Optional.of(right));
    assertThat(accuracy).isEqualTo(new Accuracy(2, 2, 2, 1, 1, 1));
    assertThat(accuracy.part(accuracy.agreed())).isEqualTo(0.5);
  }

  @Test
  void ofEqualScoresTheLowerClassComesFirst() {
    assertThat(new Scores(new float[] {1, 3, 3, 2}).top(3)).containsExactly(1, 2, 3);
  }

  private Labels read(String text) throws IOException {
    return Labels.read(Files.writeString(folder.resolve("labels.txt"), text));
  }
}
