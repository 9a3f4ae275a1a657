package dev.lowpass.runtime.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
  private static final Normalization TORCHVISION =
      new Normalization(
          List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f), ChannelOrder.RGB);

  private static Preprocessing with(Framing framing) {
    return new Preprocessing(framing, Filter.BILINEAR, TORCHVISION);
  }

  /** Every sample is 10 times its column plus its row. */
  private static Picture numbered(int width, int height) {
    int[] samples =
        IntStream.range(0, 3 * width * height).map(i -> 10 * (i / 3 % width) + i / 3 / width).toArray();
    return new Picture(width, height, samples);
  }

  @Test
  void everyChannelHasItsOwnNumbers() {
    Picture two = new Picture(2, 1, new int[] {0, 10, 20, 255, 128, 7});
    assertThat(with(new Framing.Stretch()).input(two, 1, 2))
        .containsExactly(
            -123.675f / 58.395f,
            (255 - 123.675f) / 58.395f,
            (10 - 116.28f) / 57.12f,
            (128 - 116.28f) / 57.12f,
            (20 - 103.53f) / 57.375f,
            (7 - 103.53f) / 57.375f);
  }

  /** Caffe's networks: blue first, and so are the numbers. */
  @Test
  void blueMayComeFirst() {
    Normalization caffe =
        new Normalization(List.of(104f, 117f, 123f), List.of(1f), ChannelOrder.BGR);
    assertThat(caffe.apply(new byte[] {10, 20, (byte) 230})).containsExactly(230 - 104f, 20 - 117f, 10 - 123f);
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Normalization(0, 0)).hasMessageContaining("a scale of 0");
    assertThatThrownBy(() -> new Normalization(List.of(1f, 2f), List.of(1f), ChannelOrder.RGB))
        .hasMessage("2 numbers for the mean; 1 or 3");
    assertThatThrownBy(() -> new Normalization(Float.NaN, 1)).hasMessageContaining("not finite");
    assertThatThrownBy(() -> new Normalization(0, Float.POSITIVE_INFINITY)).hasMessageContaining("not finite");
  }

  /** 8x4 to 2x2 after the shorter side became 2, so each sample is the middle of four: columns 2 to 5 are left. */
  @Test
  void aCropIsTheMiddle() {
    Picture cropped = with(new Framing.Crop(OptionalInt.of(2))).framed(numbered(8, 4), 2, 2);
    assertThat(cropped.samples()).containsExactly(26, 26, 26, 46, 46, 46, 28, 28, 28, 48, 48, 48);
  }

  @Test
  void aCropTakesTorchvisionsSizes() {
    Framing.Placement usual = new Framing.Crop(OptionalInt.empty()).place(numbered(500, 375), 224, 224);
    assertThat(usual.window()).isEqualTo(new Window(341, 256, 58, 16, 224, 224));
    Framing.Placement small = new Framing.Crop(OptionalInt.empty()).place(numbered(375, 500), 192, 192);
    assertThat(small.window()).isEqualTo(new Window(219, 292, 14, 50, 192, 192));
  }

  @Test
  void aCropMustCoverTheInput() {
    assertThatThrownBy(() -> with(new Framing.Crop(OptionalInt.of(200))).framed(numbered(8, 4), 224, 224))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP5031 crop:200")
        .hasMessageContaining("224x224");
  }

  /** 4x2 in the middle of 4x4; above and below the samples nearest to the mean. */
  @Test
  void aMarginMeansZero() {
    Picture padded = with(new Framing.Pad()).framed(numbered(4, 2), 4, 4);
    int[] expected = new int[48];
    int[] margin = {124, 116, 104};
    for (int i = 0; i < 48; i++) {
      int row = i / 12;
      expected[i] = row == 0 || row == 3 ? margin[i % 3] : 10 * (i / 3 % 4) + row - 1;
    }
    assertThat(padded.samples()).isEqualTo(expected);
  }

  @Test
  void aMarginKnowsThatBlueComesFirst() {
    Normalization normalization = new Normalization(List.of(1f, 2f, 300f), List.of(1f), ChannelOrder.BGR);
    Picture padded =
        new Preprocessing(new Framing.Pad(), Filter.BILINEAR, normalization).framed(numbered(1, 3), 3, 3);
    assertThat(padded.samples()).startsWith(255, 2, 1);
  }

  /** Nothing is computed of a picture but what is needed, or this would take gigabytes. */
  @ParameterizedTest
  @ValueSource(strings = {"stretch", "crop", "pad"})
  void longAndThinPicturesTakeNoTime(String framing) {
    Picture line = new Picture(65_535, 1, new int[3 * 65_535]);
    for (Filter filter : Filter.values()) {
      Preprocessing preprocessing = new Preprocessing(Framing.parse(framing), filter, TORCHVISION);
      assertThat(preprocessing.framed(line, 224, 224).width()).isEqualTo(224);
    }
  }

  @ParameterizedTest
  @CsvSource({"stretch", "crop", "crop:256", "pad"})
  void framingsPrintAsTheyAreParsed(String text) {
    assertThat(Framing.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Stretch", "crop:", "crop:0", "crop:-1", "crop:1000000", "pad:3"})
  void otherFramingsAreRefused(String text) {
    assertThatThrownBy(() -> Framing.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stretch, crop, crop:N, pad");
  }
}
