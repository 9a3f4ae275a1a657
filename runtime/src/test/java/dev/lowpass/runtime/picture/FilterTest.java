package dev.lowpass.runtime.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilterTest {
  /**
   * Pillow 12's results for the same picture, which may differ by one since its weights are of fixed point:
   *
   * <pre>
   * r = Image.new('L', (7, 6)); r.putdata([(37*x + 91*y + 29*x*y) % 256 for y in range(6) for x in range(7)])
   * list(r.resize((3, 2), Image.BILINEAR).getdata())
   * </pre>
   */
  @ParameterizedTest
  @CsvSource({
    "ANTIALIAS, 3, 2, 97 111 170 92 118 108",
    "BICUBIC, 3, 2, 93 107 177 93 118 106",
    "ANTIALIAS, 9, 4, 34 66 103 119 82 119 157 193 225 133 98 106 141 143 79 110 179 238 66 77 77 81 116 84 101 136 166"
        + " 165 108 85 108 166 175 130 64 8",
    "BICUBIC, 9, 4, 27 62 111 124 76 120 160 197 227 147 97 106 153 148 63 97 189 252 54 73 72 71 111 77 94 138 170 175"
        + " 107 74 107 167 190 139 54 0"
  })
  void agreesWithPillow(Filter filter, int width, int height, String expected) {
    int[] greys = greys(filter.resample(patterned(), Window.whole(width, height)));
    int[] theirs = Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray();
    assertThat(greys).hasSameSizeAs(theirs);
    for (int i = 0; i < greys.length; i++) {
      assertThat(greys[i]).isCloseTo(theirs[i], within(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWindowIsAPartOfTheWhole(Filter filter) {
    for (int[] size : new int[][] {{11, 9}, {4, 3}}) {
      Picture whole = filter.resample(patterned(), Window.whole(size[0], size[1]));
      Picture part = filter.resample(patterned(), new Window(size[0], size[1], 1, 2, 3, 1));
      for (int i = 0; i < 9; i++) {
        assertThat(part.sample(i / 3, 0, i % 3)).isEqualTo(whole.sample(1 + i / 3, 2, i % 3));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSizeChangesNothing(Filter filter) {
    assertThat(filter.resample(patterned(), Window.whole(7, 6)).samples()).isEqualTo(patterned().samples());
  }

  @ParameterizedTest
  @EnumSource
  void anEvenPictureStaysEven(Filter filter) {
    int[] grey = new int[3 * 7 * 6];
    Arrays.fill(grey, 93);
    assertThat(filter.resample(new Picture(7, 6, grey), Window.whole(3, 17)).samples()).containsOnly(93);
  }

  @Test
  void namesAreThoseOfTheCommandLine() {
    assertThat(Filter.values()).extracting(Filter::toString).containsExactly("bilinear", "antialias", "bicubic");
  }

  private static int[] greys(Picture picture) {
    return IntStream.range(0, picture.width() * picture.height()).map(i -> picture.samples()[3 * i]).toArray();
  }

  private static Picture patterned() {
    return new Picture(
        7, 6, IntStream.range(0, 3 * 42).map(i -> pattern(i / 3 % 7, i / 21)).toArray());
  }

  private static int pattern(int x, int y) {
    return (37 * x + 91 * y + 29 * x * y) % 256;
  }
}
