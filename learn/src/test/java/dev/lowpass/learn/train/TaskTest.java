package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.learn.answer.ValueAnswer;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskTest {
  private final NDManager manager = TrainingEngine.newManager();

  /** Probabilities 1/8, 1/8, 3/4, and a third for each. */
  private final NDList outputs =
      new NDList(manager.create(new float[] {0, 0, (float) Math.log(6), 5, 5, 5}, new Shape(2, 3)));

  @AfterEach
  void close() {
    manager.close();
  }

  private float loss(Task task, int... labels) {
    return task.loss(manager, new TrainingData.Batch(new float[2], labels), outputs).getFloat();
  }

  @Test
  void crossEntropyIsTheMeanLogarithm() {
    Task task = new Task.Classification(0);
    assertThat(loss(task, 2, 0)).isCloseTo((float) ((Math.log(4 / 3.0) + Math.log(3)) / 2), within(1e-6f));
    assertThat(loss(task, 1, 0)).isCloseTo((float) ((Math.log(8) + Math.log(3)) / 2), within(1e-6f));
  }

  @Test
  void picturesWithoutAClassDoNotCount() {
    Task task = new Task.Classification(0);
    assertThat(loss(task, 1, -1)).isCloseTo((float) Math.log(8), within(1e-6f));
    assertThat(loss(task, -1, -1)).isZero();
  }

  @Test
  void aClassThatTheNetworkDoesNotHaveIsRefused() {
    Task task = new Task.Classification(0);
    assertThatThrownBy(() -> loss(task, 1, 3))
        .isInstanceOf(LowpassException.class)
        .hasMessage("LP6006 labels: class 3, but the model has 0 to 2");
  }

  @Test
  void smoothingGivesAPartToAllClassesAlike() {
    double sure = Math.log(8);
    double even = (2 * Math.log(8) + Math.log(4 / 3.0)) / 3;
    assertThat(loss(new Task.Classification(0.3), 1, -1)).isCloseTo((float) (0.7 * sure + 0.3 * even), within(1e-6f));
  }

  @Test
  void aStudentIsHeldAgainstItsTeacher() {
    Teacher teacher = (_, count) -> List.of(Arrays.copyOf(new float[] {0, 0, 2, 3, 4, 0}, 3 * count));
    NDList answers = new NDList(manager.create(new float[] {0, 0, 3, 3, 4, 0}, new Shape(2, 3)));
    NDArray loss =
        new Task.Distillation(teacher, new ValueAnswer())
            .loss(manager, new TrainingData.Batch(new float[2], new int[] {-1, -1}), answers);
    // Half the squared relative error, 1/4 and none, in the mean.
    assertThat(loss.getFloat()).isCloseTo(1 / 16f, within(1e-6f));
  }
}
