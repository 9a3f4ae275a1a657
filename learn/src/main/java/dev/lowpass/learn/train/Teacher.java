package dev.lowpass.learn.train;

import java.util.List;

/** Says what a student should answer: the network as it was, at its own input size, or anything as good. */
@FunctionalInterface
public interface Teacher {
  /**
   * The outputs for {@code count} pictures that lie one behind the other, in the student's order of outputs, each with
   * the batch as first axis.
   */
  List<float[]> answers(float[] pictures, int count);
}
