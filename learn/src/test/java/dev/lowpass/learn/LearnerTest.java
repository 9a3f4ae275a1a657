package dev.lowpass.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.learn.answer.ClassAnswer;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.learn.judge.Score;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.train.Augmentation;
import dev.lowpass.learn.train.NetworkTeacher;
import dev.lowpass.learn.train.Schedule;
import dev.lowpass.learn.train.Task;
import dev.lowpass.learn.train.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerTest {
  private static final BandsFile NONE = new BandsFile(new LinkedHashMap<>());

  private final NDManager manager = TrainingEngine.newManager();
  private final Network whole = Network.of(SlowPictures.GRAPH, manager);
  private final double dense = ProductPrices.MODEL.of(SlowPictures.GRAPH);
  private final Hearing heard = new Hearing();

  @TempDir Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  /** What a person would be told. */
  private static final class Hearing implements Learner.Listener {
    private final List<Integer> steps = new ArrayList<>();
    private final List<Integer> evaluated = new ArrayList<>();
    private final SequencedMap<Double, Score> between = new LinkedHashMap<>();

    @Override
    public void stage(String stage, int done, int total) {
      assertThat(done).isLessThanOrEqualTo(total);
    }

    @Override
    public void step(int step, double loss, double microseconds) {
      steps.add(step);
    }

    @Override
    public void evaluated(int step, Score score, double microseconds, boolean best) {
      evaluated.add(step);
    }

    @Override
    public void between(double part, Score score) {
      between.put(part, score);
    }
  }

  private Learner learner(int steps) {
    TrainingData data =
        new TrainingData(SlowPictures.pictures(16, 1), new Augmentation(1, true, 0, 0.3), 8, 12, 12, 5);
    Optional<Path> checkpoint = Optional.of(folder.resolve("training.safetensors"));
    Learner.Settings settings = new Learner.Settings(new Schedule(steps, 4, 0.002, 1, 3), 10, 100, checkpoint);
    return distilling(NONE, data, 0.6 * dense, settings);
  }

  private Learner distilling(
      BandsFile start, TrainingData data, double microseconds, Learner.Settings settings) {
    return new Learner(
        SlowPictures.GRAPH,
        start,
        ProductPrices.MODEL.machine(),
        ProductPrices.MODEL,
        data,
        new Task.Distillation(new NetworkTeacher(whole), new ClassAnswer(1)),
        SlowPictures.pictures(8, 2),
        microseconds,
        settings);
  }

  @Test
  void aTrainingEndsWithANetworkThatIsFastEnough() {
    try (Learner learner = learner(40)) {
      Candidate candidate = learner.run(heard);
      assertThat(candidate.microseconds()).isLessThanOrEqualTo(0.6 * dense);
      assertThat(candidate.graph()).as("its weights have changed").isNotEqualTo(SlowPictures.GRAPH);
      assertThat(candidate.score().loss()).isLessThan(0.05);
      candidate.bands().checkAgainst(candidate.graph());
    }
    assertThat(heard.steps).hasSize(40).endsWith(40);
    assertThat(heard.evaluated).containsExactly(0, 10, 20, 30, 40);
  }

  /** At such a rate weights leave all bounds in the first steps. */
  @Test
  void aTrainingThatRunsAwayIsAnErrorUnlessThereIsACandidate() {
    TrainingData data = new TrainingData(SlowPictures.pictures(16, 1), Augmentation.NONE, 8, 12, 12, 5);
    Learner.Settings settings = new Learner.Settings(new Schedule(20, 4, 1e30, 0, 1), 5, 100, Optional.empty());
    try (Learner learner = distilling(NONE, data, 0.6 * dense, settings)) {
      assertThatThrownBy(() -> learner.run(heard))
          .isInstanceOf(LowpassException.class)
          .hasMessageMatching("LP6022 step \\d+: the loss is (NaN|Infinity); a lower rate than 1.0E30 may help");
    }
    assertThat(heard.steps).hasSizeLessThan(5);
    try (Learner learner = distilling(NONE, data, dense, settings)) {
      Candidate candidate = learner.run(heard);
      assertThat(candidate.score().loss()).isZero();
      assertThat(candidate.graph()).isEqualTo(SlowPictures.GRAPH);
    }
  }

  @Test
  void onTheWayBackTheNetworkStaysWhereMostAnswersAreTheWholeOnes() {
    try (Learner learner = learner(40)) {
      Score score = learner.run(heard).score();
      assertThat(heard.between.sequencedKeySet()).containsExactly(1.0, 0.75, 0.5, 0.25);
      assertThat(heard.between.values()).contains(score).doesNotHaveDuplicates();
      assertThat(heard.between.values()).allSatisfy(
          place -> {
            assertThat(place.agreeing()).isLessThanOrEqualTo(score.agreeing());
            assertThat(place.agreeing() == score.agreeing() && place.loss() < score.loss()).isFalse();
          });
    }
  }

  @Test
  void aFinishedTrainingStillKnowsItsBestMoment() {
    Candidate first;
    try (Learner learner = learner(40)) {
      first = learner.run(heard);
    }
    try (Learner learner = learner(40)) {
      assertThat(learner.run(heard)).isEqualTo(first);
    }
  }

  /** Classes that have nothing to do with what the network answers, but can be told from its pictures. */
  private static Examples labelled(Pictures pictures) {
    int[] labels = new int[pictures.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = pictures.pictures()[i][0] > 0 ? 3 : 7;
    }
    return new Pictures(pictures.pictures(), labels);
  }

  @Test
  void theBestMomentIsWhereTheTaskHasIt() {
    Examples heldOut = labelled(SlowPictures.pictures(8, 2));
    TrainingData data = new TrainingData(labelled(SlowPictures.pictures(16, 1)), Augmentation.NONE, 8, 12, 12, 5);
    List<Score> scores = new ArrayList<>();
    Learner.Listener listener =
        new Learner.Listener() {
          @Override
          public void stage(String stage, int done, int total) {}

          @Override
          public void step(int step, double loss, double microseconds) {}

          @Override
          public void evaluated(int step, Score score, double microseconds, boolean best) {
            scores.add(score);
          }

          @Override
          public void between(double part, Score score) {
            throw new AssertionError("the beginning has learnt nothing of these classes");
          }
        };
    Learner.Settings settings = new Learner.Settings(new Schedule(40, 4, 0.01, 1, 3), 4, 100, Optional.empty());
    try (Learner learner =
        new Learner(
            SlowPictures.GRAPH, NONE, ProductPrices.MODEL.machine(), ProductPrices.MODEL, data,
            new Task.Classification(0), heldOut, dense, settings)) {
      Candidate candidate = learner.run(listener);
      assertThat(candidate.bands().layers()).as("all of the time may be taken").isEmpty();
      assertThat(candidate.microseconds()).isEqualTo(dense);
      double least = scores.stream().mapToDouble(Score::crossEntropy).min().orElseThrow();
      assertThat(candidate.score().crossEntropy()).isEqualTo(least).isLessThan(scores.getFirst().crossEntropy() / 2);
      assertThat(candidate.score().loss()).as("it does not answer as before").isGreaterThan(0.1);
    }
  }

  /** Blocks of 4x4, which a search would not take here. */
  @Test
  void bandsThatStartAndMayNotMoveStayAsTheyAre() {
    BandsFile start =
        BandsFile.parse(
            """
            bands 1

            layer "expand" block 4x4 order zigzag keep [16*3, 5*5]
            layer "project" block 4x4 order zigzag keep [7*50, 3*14]
            """,
            "start.bands");
    double predicted = new TimeModel(SlowPictures.GRAPH, ProductPrices.MODEL.machine(), ProductPrices.MODEL).of(start);
    TrainingData data = new TrainingData(SlowPictures.pictures(16, 1), Augmentation.NONE, 8, 12, 12, 5);
    Learner.Settings settings = new Learner.Settings(new Schedule(10, 4, 0.002, 0, 1), 5, 100, Optional.empty());
    try (Learner learner = distilling(start, data, predicted, settings)) {
      Candidate candidate = learner.run(heard);
      assertThat(candidate.bands()).isEqualTo(start);
      assertThat(candidate.microseconds()).isEqualTo(predicted);
    }
  }

  @Test
  void aTrainingThatWasFinishedBeforeStillHasACandidate() {
    Candidate first;
    try (Learner learner = learner(40)) {
      first = learner.run(heard);
    }
    heard.steps.clear();
    try (Learner learner = learner(40)) {
      Candidate again = learner.run(heard);
      assertThat(heard.steps).isEmpty();
      assertThat(again.microseconds()).isEqualTo(first.microseconds());
      assertThat(again.bands()).isEqualTo(first.bands());
    }
  }
}
