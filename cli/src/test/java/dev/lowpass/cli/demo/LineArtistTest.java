package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineArtistTest {
  @Test
  void theSameSeedDrawsTheSameLines() throws IOException {
    List<DrawnLine> once = new LineArtist(Typeface.all()).draw(3, 6);
    List<DrawnLine> again = new LineArtist(Typeface.all()).draw(3, 6);
    for (int i = 0; i < once.size(); i++) {
      assertThat(again.get(i).text()).isEqualTo(once.get(i).text());
      assertThat(again.get(i).picture().samples()).isEqualTo(once.get(i).picture().samples());
    }
    assertThat(once.get(0).text()).isNotEqualTo(new LineArtist(Typeface.all()).draw(4, 1).getFirst().text());
  }

  @Test
  void halfOfTheLinesAreUpsideDown() throws IOException {
    List<DrawnLine> lines = new LineArtist(Typeface.all()).draw(3, 10);
    assertThat(lines).filteredOn(DrawnLine::upsideDown).hasSize(5);
  }

  @Test
  void thereIsInkOnEveryLine() throws IOException {
    for (DrawnLine line : new LineArtist(Typeface.all()).draw(5, 12)) {
      int darkest = Arrays.stream(line.picture().samples()).min().orElseThrow();
      int lightest = Arrays.stream(line.picture().samples()).max().orElseThrow();
      assertThat(lightest - darkest).as(line.text()).isGreaterThan(40);
    }
  }

  @Test
  void aLineFillsTheInputFromTheLeftAndZerosFollow() throws IOException {
    for (DrawnLine line : new LineArtist(Typeface.all()).draw(6, 8)) {
      int height = line.picture().height();
      int width = Math.min(192, Math.ceilDiv(48 * line.picture().width(), height));
      float[] input = DirectionLines.INPUT.of(line.picture()).floats();
      assertThat(input).hasSize(3 * 48 * 192);
      for (int x = width; x < 192; x++) {
        assertThat(input[x]).isZero();
      }
      assertThat(input[0]).isBetween(-1f, 1f);
    }
  }
}
