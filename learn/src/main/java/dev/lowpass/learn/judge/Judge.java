package dev.lowpass.learn.judge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.answer.ClassAnswer;
import dev.lowpass.learn.answer.ValueAnswer;
import dev.lowpass.learn.data.Batches;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.learn.network.LayerInput;
import dev.lowpass.learn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Compares a changed network with what the whole one answers to the same pictures.
 *
 * @param expected the whole network's answers, a list for each batch
 */
public record Judge(Answer answer, Batches batches, List<NDList> expected) {
  public Judge {
    expected = List.copyOf(expected);
  }

  /** A judge that takes {@code whole} as it is now for right. Its answers belong to {@code keeper}. */
  public static Judge of(
      Network whole, Answer answer, Batches batches, NDManager keeper, LearningListener listener) {
    return new Judge(answer, batches, answers(whole, batches, keeper, listener));
  }

  /** What {@code network} answers, a list for each batch, in memory of {@code keeper}. */
  public static List<NDList> answers(
      Network network, Batches batches, NDManager keeper, LearningListener listener) {
    List<NDList> answers = new ArrayList<>();
    for (int batch = 0; batch < batches.count(); batch++) {
      listener.stage("answers", batch, batches.count());
      try (NDManager step = network.manager().newSubManager()) {
        NDList outputs = network.run(step, batches.inputs(step, batch), LayerInput.WHOLE);
        outputs.attach(keeper);
        answers.add(outputs);
      }
    }
    return answers;
  }

  /** The score of {@code network}, whose layers read what {@code masks} let them. */
  public Score score(Network network, LayerInput masks, LearningListener listener) {
    Score score = new Score(0, 0, 0, 0, 0, 0, 0);
    for (int batch = 0; batch < batches.count(); batch++) {
      listener.stage("judge", batch, batches.count());
      try (NDManager step = network.manager().newSubManager()) {
        NDList outputs = network.run(step, batches.inputs(step, batch), masks);
        score = score.plus(score(step, batch, outputs));
      }
    }
    return score;
  }

  private Score score(NDManager step, int batch, NDList outputs) {
    NDList right = expected.get(batch);
    // What is computed from answers belongs to whoever has them.
    right.tempAttach(step);
    float loss = answer.loss(right, outputs).getFloat();
    int pictures = Math.toIntExact(outputs.getFirst().getShape().get(0));
    return switch (answer) {
      case ValueAnswer _ -> new Score(pictures, loss, 0, 0, 0, 0, 0);
      case ClassAnswer _ -> classes(batches.first(batch), loss, best(right), outputs);
    };
  }

  private static long[] best(NDList scores) {
    NDArray array = scores.singletonOrThrow();
    return array.argMax(1).toLongArray();
  }

  private Score classes(int first, double loss, long[] whole, NDList outputs) {
    long[] changed = best(outputs);
    float[] logarithms = outputs.singletonOrThrow().logSoftmax(1).toFloatArray();
    int classes = logarithms.length / changed.length;
    double surprise = 0;
    int agreeing = 0;
    int labelled = 0;
    int right = 0;
    int wholeRight = 0;
    for (int i = 0; i < changed.length; i++) {
      OptionalInt label = batches.data().label(first + i);
      ClassAnswer.requireClass(label.orElse(0), classes);
      agreeing += changed[i] == whole[i] ? 1 : 0;
      labelled += label.isPresent() ? 1 : 0;
      right += label.isPresent() && label.getAsInt() == changed[i] ? 1 : 0;
      wholeRight += label.isPresent() && label.getAsInt() == whole[i] ? 1 : 0;
      surprise -= label.isPresent() ? logarithms[i * classes + label.getAsInt()] : 0;
    }
    return new Score(changed.length, loss, agreeing, labelled, right, wholeRight, surprise);
  }
}
