package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.text.IrText;
import dev.lowpass.learn.Pictures;
import dev.lowpass.learn.ProductPrices;
import dev.lowpass.learn.answer.ClassAnswer;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.network.Network;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.sensitivity.BandLayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final Graph GRAPH =
      IrText.parse(
          """
          graph @two(%x: f32[1, 32, 6, 6]) -> (y = %y) {
            %w1 = constant f32[64, 32] random(seed = 1)
            %p1 = pointwise %x, %w1 : f32[1, 64, 6, 6] loc("expand")
            %r1 = relu %p1
            %w2 = constant f32[32, 64] random(seed = 2)
            %p2 = pointwise %r1, %w2 : f32[1, 32, 6, 6] loc("project")
            %r2 = relu %p2
            %g = global_average_pool %r2
            %y = reshape %g {shape = [1, 32]}
          }
          """,
          "two.ir");

  private static final BandsFile NONE = new BandsFile(new LinkedHashMap<>());
  private static final TimeModel TIMES = new TimeModel(GRAPH, ProductPrices.MODEL.machine(), ProductPrices.MODEL);
  private static final Schedule SCHEDULE = new Schedule(30, 3, 0.003, 1, 3);
  private static final double WANTED = 0.6 * TIMES.whole();

  private final NDManager manager = TrainingEngine.newManager();
  private final NetworkTeacher teacher = new NetworkTeacher(Network.of(GRAPH, manager));

  @TempDir Path folder;

  @AfterEach
  void close() {
    manager.close();
  }

  /** A student that begins as its teacher is. */
  private final class Student implements AutoCloseable {
    final NDManager own = manager.newSubManager();
    final Network network = Network.of(GRAPH, own);
    final Thresholds thresholds;
    final Trainer trainer;

    Student(List<BandLayer> layers, double wanted, double price) {
      this(layers, wanted, price, SCHEDULE);
    }

    Student(List<BandLayer> layers, double wanted, double price, Schedule schedule) {
      this.thresholds = Thresholds.of(layers, NONE, own);
      TrainingData data =
          new TrainingData(Pictures.drawn(10, 32 * 36, 1), new Augmentation(1, true, 0, 0.3), 32, 6, 6, 5);
      Task task = new Task.Distillation(teacher, new ClassAnswer(1));
      this.trainer = new Trainer(network, layers, thresholds, TIMES, data, task, schedule, wanted, price);
    }

    static Student pressed(TrainerTest test) {
      return test.new Student(BandLayer.of(GRAPH), WANTED, 0.01);
    }

    List<Double> steps(int count) {
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        losses.add(trainer.next());
      }
      return losses;
    }

    List<Float> state() {
      List<Float> state = new ArrayList<>();
      network.weights().values().forEach(array -> add(array.toFloatArray(), state));
      thresholds.arrays().values().forEach(array -> add(array.toFloatArray(), state));
      return state;
    }

    private void add(float[] values, List<Float> state) {
      for (float value : values) {
        state.add(value);
      }
    }

    @Override
    public void close() {
      trainer.close();
      thresholds.close();
      own.close();
    }
  }

  @Test
  void theNetworkBecomesAsFastAsItShall() {
    try (Student student = Student.pressed(this)) {
      assertThat(student.trainer.microseconds()).isEqualTo(TIMES.whole());
      student.steps(SCHEDULE.steps());
      assertThat(student.trainer.isDone()).isTrue();
      assertThat(student.trainer.microseconds())
          .isLessThanOrEqualTo(WANTED)
          .isEqualTo(TIMES.of(student.trainer.bands()));
      assertThat(student.trainer.bands().layers()).isNotEmpty();
    }
  }

  /** Thresholds are whole numbers after they have settled, and stay. */
  @Test
  void thresholdsSettle() {
    try (Student student = Student.pressed(this)) {
      student.steps(SCHEDULE.annealed() + 1);
      BandsFile bands = student.trainer.bands();
      student.thresholds.arrays().values().forEach(
          array -> assertThat(array.round().toFloatArray()).isEqualTo(array.toFloatArray()));
      student.steps(SCHEDULE.steps() - SCHEDULE.annealed() - 1);
      assertThat(student.trainer.bands()).isEqualTo(bands);
    }
  }

  /** On the pictures that it saw before, from weights that were disturbed. */
  @Test
  void aStudentLearnsWhatItsTeacherAnswers() {
    try (Student student = new Student(List.of(), TIMES.whole(), 0)) {
      student.network.weights().values().forEach(
          weight -> weight.muli(manager.randomUniform(0.5f, 1.5f, weight.getShape())));
      List<Double> losses = student.steps(SCHEDULE.steps());
      assertThat(mean(losses.subList(20, 30))).isLessThan(0.5 * mean(losses.subList(0, 5)));
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Thresholds cannot fall below nothing, and a bound of ten times the time is none. */
  @Test
  void thePriceStaysWithinBounds() {
    Schedule longer = new Schedule(200, 1, 0.001, 0.001, 3);
    try (Student hopeless = new Student(BandLayer.of(GRAPH), 1e-6 * TIMES.whole(), 0.01, longer);
        Student free = new Student(BandLayer.of(GRAPH), 10 * TIMES.whole(), 0.01, longer)) {
      hopeless.steps(15);
      assertThat(hopeless.trainer.price()).isCloseTo(0.01 * Math.exp(2), within(1e-6));
      free.steps(15);
      assertThat(free.trainer.price()).isCloseTo(0.01 * Math.exp(-2), within(1e-6));
      hopeless.steps(100);
      assertThat(hopeless.trainer.price()).isCloseTo(100, within(1e-4));
      free.steps(100);
      assertThat(free.trainer.price()).isCloseTo(1e-6, within(1e-12));
    }
  }

  /** Before thresholds have settled, not where the compiler is asked; where they settle; and after. */
  @ParameterizedTest
  @ValueSource(ints = {7, 18, 23})
  void aTrainingThatIsResumedGoesOnAsIfNothingHadBeen(int saved) {
    Path file = folder.resolve("training.safetensors");
    List<Double> losses;
    List<Float> state;
    try (Student whole = Student.pressed(this)) {
      whole.steps(saved);
      whole.trainer.save(file);
      losses = whole.steps(SCHEDULE.steps() - saved);
      state = whole.state();
    }
    try (Student resumed = Student.pressed(this)) {
      resumed.trainer.resume(file);
      assertThat(resumed.trainer.step()).isEqualTo(saved);
      assertThat(resumed.steps(SCHEDULE.steps() - saved)).isEqualTo(losses);
      assertThat(resumed.state()).isEqualTo(state);
    }
  }

  @Test
  void aTrainingOfOtherLayersIsRefused() {
    Path file = folder.resolve("training.safetensors");
    try (Student student = new Student(List.of(), TIMES.whole(), 0)) {
      student.trainer.save(file);
    }
    try (Student student = Student.pressed(this)) {
      assertThatThrownBy(() -> student.trainer.resume(file))
          .isInstanceOf(LowpassException.class)
          .hasMessageStartingWith("LP6021")
          .hasMessageContaining("threshold/p1");
    }
  }

  /** A training may go on for days. */
  @Test
  void stepsLeaveNothingBehind() {
    try (Student student = Student.pressed(this)) {
      student.steps(2);
      int before = manager.getManagedArrays().size();
      student.steps(2);
      assertThat(manager.getManagedArrays()).hasSize(before);
      student.steps(SCHEDULE.annealed() - 4);
      assertThat(manager.getManagedArrays()).hasSize(before);
      student.steps(2);
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }
}
