package dev.lowpass.cli.learning;

import dev.lowpass.codegen.Progress;
import dev.lowpass.learn.Candidate;
import dev.lowpass.learn.Learner;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.learn.train.Augmentation;
import dev.lowpass.learn.train.Task;
import dev.lowpass.learn.train.TrainingData;
import java.nio.file.Path;

/**
 * A training of a network, for one task or another.
 *
 * @param learnt pictures to learn from
 * @param heldOut pictures that only judge
 * @param seed of the order of pictures and of what is done to them
 */
public record Training(
    SourceNetwork network,
    Examples learnt,
    Examples heldOut,
    TrainingStart start,
    Augmentation augmentation,
    long seed,
    Learner.Settings settings,
    Learner.Listener listener) {
  /**
   * The best candidate that answers as the network does.
   *
   * @param folder takes the compiled network
   */
  public Candidate distilled(Path folder, Progress progress) {
    try (CompiledTeacher teacher = CompiledTeacher.of(network, folder, progress)) {
      return run(new Task.Distillation(teacher, Answer.of(Answer.scored(network.graph()))));
    }
  }

  /**
   * The best candidate that names the pictures' classes.
   *
   * @param smoothing the part of certainty that all classes share
   */
  public Candidate classified(double smoothing) {
    return run(new Task.Classification(smoothing));
  }

  private Candidate run(Task task) {
    TrainingData data = new TrainingData(learnt, augmentation, 3, network.height(), network.width(), seed);
    try (Learner learner =
        new Learner(
            network.graph(),
            start.bands(),
            network.backend().machine(),
            network.prices(),
            data,
            task,
            heldOut,
            start.microseconds(),
            settings)) {
      return learner.run(listener);
    }
  }
}
