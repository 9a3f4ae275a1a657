package dev.lowpass.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.learn.judge.Score;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {
  private final Calibrator calibrator = calibrator(SlowPictures.pictures(12, 2));

  private static Calibrator calibrator(Pictures heldOut) {
    return new Calibrator(
        SlowPictures.GRAPH,
        ProductPrices.MODEL.machine(),
        ProductPrices.MODEL,
        SlowPictures.pictures(24, 1),
        heldOut,
        new Calibrator.Settings(2, 1),
        LearningListener.silent());
  }

  @AfterEach
  void close() {
    calibrator.close();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.5, 0.3})
  void findsBandsForATime(double part) {
    Candidate candidate = calibrator.within(Optional.empty(), part * calibrator.dense());
    assertThat(candidate.microseconds()).isLessThanOrEqualTo(part * calibrator.dense());
    assertThat(candidate.bands().layers()).isNotEmpty();
    assertThat(candidate.bands().inputs()).isEmpty();
    candidate.bands().checkAgainst(candidate.graph());
    // Pictures without high frequencies lose little by losing them.
    assertThat(candidate.score().loss()).isLessThan(0.05);
    assertThat(candidate.score().pictures()).isEqualTo(12);
  }

  @Test
  void theSameSeedFindsTheSameBands() {
    Candidate first = calibrator.within(Optional.empty(), 0.5 * calibrator.dense());
    Candidate again = calibrator.within(Optional.empty(), 0.5 * calibrator.dense());
    assertThat(again).isEqualTo(first);
  }

  @Test
  void aSmallerPictureIsFasterAndIsSaidInTheBands() {
    Optional<InputSize> size = Optional.of(InputSize.of(9, 9));
    Candidate smaller = calibrator.smaller(size);
    assertThat(smaller.microseconds()).isLessThan(calibrator.dense()).isEqualTo(calibrator.dense(size));
    assertThat(smaller.bands().inputs()).containsEntry("x", InputSize.of(9, 9));
    Candidate both = calibrator.within(size, 0.5 * calibrator.dense(size));
    assertThat(both.bands().inputs()).containsEntry("x", InputSize.of(9, 9));
    assertThat(both.microseconds()).isLessThanOrEqualTo(0.5 * calibrator.dense(size));
  }

  @Test
  void ofReadingsForMapsOfOneSizeTheOneThatLosesLeastIsTaken() {
    assertBestReading(calibrator, Score::loss);
  }

  /** Whichever they are. */
  @Test
  void whereClassesAreKnownTheyDecideHowPicturesAreRead() {
    Pictures pictures = SlowPictures.pictures(12, 2);
    for (int label = 0; label < 10; label += 3) {
      int[] labels = new int[pictures.size()];
      Arrays.fill(labels, label);
      try (Calibrator labelled = calibrator(new Pictures(pictures.pictures(), labels))) {
        assertBestReading(labelled, Score::crossEntropy);
      }
    }
  }

  private static void assertBestReading(Calibrator calibrator, ToDoubleFunction<Score> lost) {
    MapSize small = new MapSize(9, 9);
    List<Optional<InputSize>> sizes =
        List.of(
            Optional.empty(),
            Optional.of(new InputSize(small, ResizeFilter.CUBIC)),
            Optional.of(new InputSize(small, Optional.of(small), ResizeFilter.CUBIC)));
    Candidate found = calibrator.best(sizes, calibrator.dense(sizes.get(1)));
    List<Double> losses =
        sizes.subList(1, 3).stream().map(size -> lost.applyAsDouble(calibrator.smaller(size).score())).toList();
    assertThat(losses.get(0)).isNotEqualTo(losses.get(1));
    assertThat(found.size()).isEqualTo(sizes.get(1 + losses.indexOf(Collections.min(losses))));
  }

  @Test
  void theModelAsItIsLosesNothing() {
    Candidate whole = calibrator.smaller(Optional.empty());
    assertThat(whole.score().loss()).isZero();
    assertThat(whole.score().agreement()).isEqualTo(1);
    assertThat(whole.graph()).isEqualTo(SlowPictures.GRAPH);
  }

  @Test
  void withoutPicturesThereIsNothingToLearnFrom() {
    assertThatThrownBy(
            () ->
                new Calibrator(
                    SlowPictures.GRAPH,
                    ProductPrices.MODEL.machine(),
                    ProductPrices.MODEL,
                    new Pictures(new float[0][], new int[0]),
                    SlowPictures.pictures(12, 2),
                    Calibrator.Settings.USUAL,
                    LearningListener.silent()))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP6004");
  }
}
