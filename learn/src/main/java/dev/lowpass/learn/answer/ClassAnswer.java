package dev.lowpass.learn.answer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.lowpass.ir.LowpassException;
import java.util.random.RandomGenerator;

/**
 * Scores [N, K] of classes, whose softmax are probabilities. The loss is the Kullback-Leibler divergence.
 *
 * @param temperature by which scores are divided where directions are sought. Of a picture that a network is sure of,
 *     its own probabilities say next to nothing about what matters; softer ones do (Hinton, Vinyals, Dean,
 *     arXiv:1503.02531)
 */
public record ClassAnswer(double temperature) implements Answer {
  static final double SOFT = 2;

  /**
   * The temperature of what a student is told. So high, it learns all scores and not only those of the likeliest
   * classes: MobileNetV2 was nearer to its teacher after 100 steps than after 300 at temperature 1.
   */
  private static final float TAUGHT = 8;

  /** @throws LowpassException LP6006 for a label that is none of so many {@code classes} */
  public static void requireClass(int label, long classes) {
    if (label < 0 || label >= classes) {
      throw new LowpassException(
          "LP6006", "labels", "class %d, but the model has 0 to %d".formatted(label, classes - 1));
    }
  }

  @Override
  public NDArray loss(NDList expected, NDList outputs) {
    return divergence(expected.singletonOrThrow(), outputs.singletonOrThrow());
  }

  /** The divergence of softer classes, times the square of the temperature: slopes are as large as those of the loss. */
  @Override
  public NDArray lesson(NDList expected, NDList outputs) {
    NDArray right = expected.singletonOrThrow().div(TAUGHT);
    NDArray answered = outputs.singletonOrThrow().div(TAUGHT);
    return divergence(right, answered).mul(TAUGHT * TAUGHT);
  }

  private static NDArray divergence(NDArray right, NDArray answered) {
    NDArray difference = right.logSoftmax(1).sub(answered.logSoftmax(1));
    return right.softmax(1).mul(difference).sum(new int[] {1}).mean();
  }

  /** A class for each picture, drawn with the probability that it has: what follows is its logarithm. */
  @Override
  public Directions directions(NDList expected, RandomGenerator random) {
    NDArray scores = expected.singletonOrThrow();
    Shape shape = scores.getShape();
    float[] chosen = drawn(scores.div(temperature).softmax(1).toFloatArray(), Math.toIntExact(shape.get(1)), random);
    return outputs -> {
      NDArray logarithms = outputs.singletonOrThrow().div(temperature).logSoftmax(1).mul(temperature);
      return logarithms.mul(logarithms.getManager().create(chosen, shape)).sum(new int[] {1});
    };
  }

  /** For each row of {@code probabilities} a one at a class of it, zeros elsewhere. */
  private static float[] drawn(float[] probabilities, int classes, RandomGenerator random) {
    float[] chosen = new float[probabilities.length];
    for (int row = 0; row < probabilities.length; row += classes) {
      double rest = random.nextDouble();
      int k = 0;
      while (k < classes - 1 && rest >= probabilities[row + k]) {
        rest -= probabilities[row + k];
        k++;
      }
      chosen[row + k] = 1;
    }
    return chosen;
  }
}
