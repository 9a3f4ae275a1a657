package dev.lowpass.learn.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Pictures;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgeTest {
  /** The scores of two classes are the means of two channels. */
  private static final Graph CLASSES = graph("[1, 2, 1, 2]", "%y = reshape %g {shape = [1, 2]}");

  /** The output is a map. */
  private static final Graph VALUES = graph("[1, 2, 1, 2]", "%y = relu %g");

  /** Means of channels: (0, 2), (3, 0), (1, 3), (5, 1) and (0, 4); the last one has no label. */
  private static final Pictures PICTURES =
      new Pictures(
          new float[][] {{-1, 1, 2, 2}, {2, 4, 0, 0}, {1, 1, 2, 4}, {6, 4, 1, 1}, {0, 0, 4, 4}},
          new int[] {1, 0, 0, 0, -1});

  private final NDManager manager = TrainingEngine.newManager();
  private final List<String> heard = new ArrayList<>();
  private final LearningListener listener =
      (stage, done, total) -> heard.add("%s %d/%d".formatted(stage, done, total));

  private static Graph graph(String shape, String last) {
    return IrText.parse(
        """
        graph @g(%%x: f32%s) -> (y = %%y) {
          %%w = constant f32[2, 2] [1.0, 0.0, 0.0, 1.0]
          %%p = pointwise %%x, %%w
          %%g = global_average_pool %%p
          %s
        }
        """
            .formatted(shape, last),
        "g.ir");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Takes 1 off every sample of the first channel, and nothing off the second one. */
  private static NDArray less(Node layer, NDArray input) {
    return input.sub(input.getManager().create(new float[] {1, 0}).reshape(1, 2, 1, 1));
  }

  private Score score(Graph graph, LayerInput masks) {
    return score(graph, PICTURES, masks);
  }

  private Score score(Graph graph, Pictures pictures, LayerInput masks) {
    Network network = Network.of(graph, manager);
    Batches batches = Batches.of(pictures, graph, 2);
    Judge judge = Judge.of(network, Answer.of(graph), batches, manager, listener);
    return judge.score(network, masks, listener);
  }

  @Test
  void aClassThatTheNetworkDoesNotHaveIsRefused() {
    Pictures wrong = new Pictures(new float[][] {{1, 1, 2, 2}}, new int[] {2});
    assertThatThrownBy(() -> score(CLASSES, wrong, LayerInput.WHOLE))
        .isInstanceOf(LowpassException.class)
        .hasMessage("LP6006 labels: class 2, but the model has 0 to 1");
  }

  @Test
  void theWholeNetworkLosesNothing() {
    Score score = score(CLASSES, LayerInput.WHOLE);
    // Of the four with a label the third is wrong.
    assertThat(score).isEqualTo(new Score(5, 0, 5, 4, 3, 3, score.surprise()));
    assertThat(score.accuracy()).isEqualTo(0.75);
    double sum = 0;
    for (double difference : new double[] {2, 3, -2, 4}) {
      sum += Math.log(1 + Math.exp(-difference));
    }
    assertThat(score.crossEntropy()).isCloseTo(sum / 4, within(1e-6));
    assertThat(score.agreement()).isEqualTo(1);
    assertThat(score.pointsLost()).isZero();
  }

  @Test
  void picturesAreCountedAndDivergencesAveraged() {
    Score score = score(CLASSES, (_, input) -> input.mul(0).sub(input));
    // Everything turns around: all five answers change, and of the four labels one is right now that was not.
    assertThat(score.agreeing()).isZero();
    assertThat(score.right()).isEqualTo(1);
    assertThat(score.wholeRight()).isEqualTo(3);
    assertThat(score.pointsLost()).isEqualTo(50);
    assertThat(score.agreement()).isZero();
    double sum = 0;
    for (double difference : new double[] {2, 3, 2, 4, 4}) {
      double whole = 1 / (1 + Math.exp(-difference));
      sum += whole * Math.log(whole / (1 - whole)) + (1 - whole) * Math.log((1 - whole) / whole);
    }
    assertThat(score.loss()).isCloseTo(sum / 5, within(1e-5));
  }

  @Test
  void whereOneClassGainsItsDivergenceIsWorkedOutByHand() {
    Score score = score(CLASSES, JudgeTest::less);
    double sum = 0;
    for (double difference : new double[] {-2, 3, -2, 4, -4}) {
      double whole = 1 / (1 + Math.exp(-difference));
      double changed = 1 / (1 + Math.exp(1 - difference));
      sum += whole * Math.log(whole / changed) + (1 - whole) * Math.log((1 - whole) / (1 - changed));
    }
    assertThat(score.loss()).isCloseTo(sum / 5, within(1e-6));
    assertThat(score.agreeing()).isEqualTo(5);
  }

  @Test
  void valuesHaveNoClasses() {
    Score score = score(VALUES, (_, input) -> input.mul(0.5));
    assertThat(score.loss()).isCloseTo(1 / 8.0, within(1e-6));
    assertThat(score).extracting(Score::pictures, Score::agreeing, Score::labelled).containsExactly(5, 0, 0);
  }

  @Test
  void theListenerHearsEveryBatch() {
    score(CLASSES, LayerInput.WHOLE);
    assertThat(heard)
        .containsExactly("answers 0/3", "answers 1/3", "answers 2/3", "judge 0/3", "judge 1/3", "judge 2/3");
  }

  /** A judge scores thousands of pictures, again and again. */
  @Test
  void scoresLeaveNothingBehind() {
    Network network = Network.of(CLASSES, manager);
    Judge judge = Judge.of(network, Answer.of(CLASSES), Batches.of(PICTURES, CLASSES, 2), manager, listener);
    int before = manager.getManagedArrays().size();
    Score first = judge.score(network, JudgeTest::less, listener);
    assertThat(manager.getManagedArrays()).hasSize(before);
    assertThat(judge.score(network, JudgeTest::less, listener)).isEqualTo(first);
  }

  @Test
  void scoresAddUp() {
    Score both = new Score(3, 0.5, 2, 3, 1, 2, 0.6).plus(new Score(1, 0.1, 1, 0, 0, 0, 0));
    assertThat(both).extracting(Score::pictures, Score::agreeing, Score::labelled).containsExactly(4, 3, 3);
    assertThat(both.loss()).isCloseTo(0.4, within(1e-12));
    assertThat(both.agreement()).isEqualTo(0.75);
    assertThat(both.pointsLost()).isCloseTo(100 / 3.0, within(1e-12));
    assertThat(both.crossEntropy()).isCloseTo(0.2, within(1e-12));
    Score unlabelled = new Score(4, 0.5, 3, 0, 0, 0, 0);
    assertThat(unlabelled.crossEntropy()).isNaN();
    assertThat(unlabelled.pointsLost()).as("points of agreement").isEqualTo(25);
  }

  @Test
  void learningTakesPicturesAndOneInput() {
    Pictures none = new Pictures(new float[0][], new int[0]);
    assertThatThrownBy(() -> Batches.of(none, CLASSES, 2))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP6004");
    String inputs = "%x: f32[1, 2, 1, 2], %z: f32[1, 2, 1, 2]";
    Graph two = IrText.parse("graph @g(" + inputs + ") -> (%y) {\n%y = add %x, %z\n}", "g.ir");
    assertThatThrownBy(() -> Batches.of(PICTURES, two, 2))
        .isInstanceOf(LowpassException.class)
        .hasMessageStartingWith("LP6005");
  }
}
