package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.answer.ClassAnswer;
import java.util.List;

/** What a student is to learn: the part of the loss that has nothing to do with time. */
public sealed interface Task {
  /** The loss of {@code outputs} for {@code batch}, a scalar that can be differentiated. */
  NDArray loss(NDManager step, TrainingData.Batch batch, NDList outputs);

  /** To answer as {@code teacher} does. */
  record Distillation(Teacher teacher, Answer answer) implements Task {
    @Override
    public NDArray loss(NDManager step, TrainingData.Batch batch, NDList outputs) {
      List<float[]> answers = teacher.answers(batch.pictures(), batch.size());
      NDList expected = new NDList();
      for (int i = 0; i < answers.size(); i++) {
        expected.add(step.create(answers.get(i), outputs.get(i).getShape()));
      }
      return answer.lesson(expected, outputs);
    }
  }

  /**
   * To name the class of each picture; cross-entropy. Pictures without a class do not count.
   *
   * <p>A class that the network does not have is LP6006.
   *
   * @param smoothing the part of certainty that is given to all classes alike
   */
  record Classification(double smoothing) implements Task {
    @Override
    public NDArray loss(NDManager step, TrainingData.Batch batch, NDList outputs) {
      NDArray logarithms = outputs.singletonOrThrow().logSoftmax(1);
      int classes = Math.toIntExact(logarithms.getShape().get(1));
      float[] wanted = new float[batch.size() * classes];
      int labelled = 0;
      for (int i = 0; i < batch.size(); i++) {
        int label = batch.labels()[i];
        if (label >= 0) {
          ClassAnswer.requireClass(label, classes);
          labelled++;
          for (int k = 0; k < classes; k++) {
            wanted[i * classes + k] = (float) ((k == label ? 1 - smoothing : 0) + smoothing / classes);
          }
        }
      }
      NDArray targets = step.create(wanted, new Shape(batch.size(), classes));
      return targets.mul(logarithms).sum().neg().div(Math.max(labelled, 1));
    }
  }
}
