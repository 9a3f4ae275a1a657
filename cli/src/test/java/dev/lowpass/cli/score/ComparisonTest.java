package dev.lowpass.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lowpass.cli.score.Answer.Output;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Answer FIRST = Answer.of(new float[] {2, 0, 0});
  private static final Answer SECOND = Answer.of(new float[] {0, 2, 0});

  private static OptionalInt label(int label) {
    return OptionalInt.of(label);
  }

  /** Of 8 pictures both read 2, the reference 3 others, the model 1 other, and nobody 2. */
  private static Comparison eight() {
    Comparison comparison = Comparison.of("model");
    for (int i = 0; i < 2; i++) {
      comparison.add(FIRST, FIRST, label(0));
    }
    for (int i = 0; i < 3; i++) {
      comparison.add(FIRST, SECOND, label(1));
    }
    comparison.add(FIRST, SECOND, label(0));
    comparison.add(FIRST, SECOND, label(2));
    comparison.add(SECOND, SECOND, label(2));
    return comparison;
  }

  @Test
  void countsByHand() {
    Scoring scoring = eight().result();
    assertThat(scoring.pictures()).isEqualTo(8);
    assertThat(scoring.accuracy()).contains(new Scoring.Accuracy(3, 8, 8));
    assertThat(scoring.agreement()).hasValue(3 / 8.0);
    PointsLost lost = scoring.pointsLost().orElseThrow();
    assertThat(lost.points()).isEqualTo(100 * (3 - 1) / 8.0);
    assertThat(lost.error()).isEqualTo(100 * 2 / 8.0);
  }

  @Test
  void topFiveIsAmongFive() {
    Answer six = Answer.of(new float[] {6, 5, 4, 3, 2, 1});
    Comparison comparison = Comparison.ofReference("model");
    comparison.add(six, six, label(4));
    comparison.add(six, six, label(5));
    assertThat(comparison.result().accuracy()).contains(new Scoring.Accuracy(0, 1, 2));
  }

  /** Logits (ln 2, 0) mean 2/3 and 1/3; (0, 0) mean halves. KL = 2/3 ln(4/3) + 1/3 ln(2/3). */
  @Test
  void divergenceOfLogitsByHand() {
    Comparison comparison = Comparison.of("model");
    Answer halves = Answer.of(new float[] {0, 0});
    Answer thirds = Answer.of(new float[] {(float) Math.log(2) + 50, 50});
    comparison.add(halves, thirds, OptionalInt.empty());
    comparison.add(thirds, thirds, OptionalInt.empty());
    double one = 2 / 3.0 * Math.log(4 / 3.0) + 1 / 3.0 * Math.log(2 / 3.0);
    assertThat(comparison.result().divergence().orElseThrow()).isCloseTo(one / 2, within(1e-6));
  }

  @Test
  void probabilitiesAreTakenAsTheyAre() {
    Comparison comparison = Comparison.of("model");
    comparison.add(Answer.of(new float[] {0.25f, 0.75f}), Answer.of(new float[] {0.5f, 0.5f}), OptionalInt.empty());
    double expected = 0.5 * Math.log(2) + 0.5 * Math.log(2 / 3.0);
    assertThat(comparison.result().divergence().orElseThrow()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void aProbabilityThatWasRoundedToZeroLeavesTheDivergenceFinite() {
    Comparison comparison = Comparison.of("model");
    comparison.add(Answer.of(new float[] {0, 1}), Answer.of(new float[] {0.5f, 0.5f}), OptionalInt.empty());
    assertThat(comparison.result().divergence().orElseThrow())
        .isCloseTo(0.5 * Math.log(0.5 / 1e-12) + 0.5 * Math.log(0.5), within(1e-6));
  }

  @Test
  void scoresThatAddUpToOneButAreNegativeAreLogits() {
    assertThat(Math.exp(Probabilities.of(new float[] {2, -1}).logs()[0]))
        .isCloseTo(1 / (1 + Math.exp(-3)), within(1e-9));
    assertThat(Math.exp(Probabilities.of(new float[] {0.4f, 0.5f}).logs()[0]))
        .isCloseTo(1 / (1 + Math.exp(0.1)), within(1e-7));
  }

  /** Over both pictures: differences 3 and 4, so 5; the reference's values 6 and 8, so 10. */
  @Test
  void errorsAreOverAllPicturesAndOfEveryOutput() {
    Comparison comparison = Comparison.of("model");
    comparison.add(two(9, 1), two(6, 1), OptionalInt.empty());
    comparison.add(two(4, 1), two(8, 1), OptionalInt.empty());
    assertThat(comparison.result().outputs())
        .containsExactly(new Scoring.OutputError("a", 0.5), new Scoring.OutputError("b", 0));
  }

  private static Answer two(float first, float second) {
    return new Answer(List.of(output("a", first), output("b", second)));
  }

  private static Output output(String name, float value) {
    return new Output(name, new float[] {value, 0}, false);
  }

  @Test
  void modelsThatAreNoClassifiersDoNotAgree() {
    Comparison comparison = Comparison.of("model");
    comparison.add(two(1, 1), two(2, 1), OptionalInt.empty());
    assertThat(comparison.result().agreement()).isEmpty();
    assertThat(comparison.result().divergence()).isEmpty();
    assertThat(comparison.result().accuracy()).isEmpty();
    assertThatThrownBy(() -> comparison.add(two(1, 1), two(1, 1), label(0)))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7014 model");
  }

  @Test
  void theReferenceIsComparedWithLabelsOnly() {
    Comparison comparison = Comparison.ofReference("reference");
    comparison.add(FIRST, FIRST, label(1));
    Scoring scoring = comparison.result();
    assertThat(scoring.accuracy()).contains(new Scoring.Accuracy(0, 1, 1));
    assertThat(scoring.pointsLost()).isEmpty();
    assertThat(scoring.agreement()).isEmpty();
    assertThat(scoring.outputs()).isEmpty();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Answer two = Answer.of(new float[] {1, 2});
    assertThatThrownBy(() -> Comparison.of("model").add(two, FIRST, OptionalInt.empty()))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7016 model")
        .hasMessageContaining("scores of 2 numbers", "scores of 3 numbers");
    assertThatThrownBy(() -> Comparison.of("model").add(two, two, label(2)))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP7014 model");
  }

  @Test
  void shapesTellScores() {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputs.put("row", Tensor.of(new float[3], 1, 3));
    outputs.put("pooled", Tensor.of(new float[3], 1, 3, 1, 1));
    outputs.put("map", Tensor.of(new float[4], 1, 2, 2));
    outputs.put("one", Tensor.of(new float[1], 1, 1));
    assertThat(Answer.of(outputs).outputs()).extracting(Output::isScores).containsExactly(true, true, false, false);
  }
}
