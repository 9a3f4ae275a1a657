package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectionLinesTest {
  private static final int PLANES = 3 * LineInput.HEIGHT * DirectionLines.INPUT.width();

  @Test
  void linesAreReadAsTheClassifierIsGivenThem() throws IOException {
    List<DrawnLine> drawn = new LineArtist(Typeface.all()).draw(11, 4);
    DirectionLines lines = DirectionLines.drawn(11, 4, Progress.silent());

    assertThat(lines.size()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      float[] read = new float[PLANES + 2];
      lines.read(i, read, 1);
      assertThat(Arrays.copyOfRange(read, 1, PLANES + 1)).isEqualTo(DirectionLines.INPUT.of(drawn.get(i).picture()).floats());
      assertThat(read[0]).isZero();
      assertThat(read[PLANES + 1]).isZero();
      assertThat(lines.label(i)).hasValue(drawn.get(i).upsideDown() ? 1 : 0);
    }
  }

  @Test
  void theFirstFewAreTheSame() throws IOException {
    DirectionLines lines = DirectionLines.drawn(11, 4, Progress.silent());
    float[] all = new float[PLANES];
    float[] some = new float[PLANES];
    lines.read(1, all, 0);
    lines.first(2).read(1, some, 0);
    assertThat(lines.first(2).size()).isEqualTo(2);
    assertThat(lines.first(9).size()).isEqualTo(4);
    assertThat(some).isEqualTo(all);
  }
}
