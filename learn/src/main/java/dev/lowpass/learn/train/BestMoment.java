package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.learn.network.Contents;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The weights with which a network lost least on pictures that it does not learn from, as a checkpoint keeps them. */
public final class BestMoment {
  private static final String NUMBERS = "numbers";

  private final SequencedMap<String, NDArray> weights;
  private final SequencedMap<String, NDArray> kept = new LinkedHashMap<>();

  /** What was lost then, and how often it was looked since without a gain; not a number while there was no look. */
  private final NDArray numbers;

  BestMoment(SequencedMap<String, NDArray> weights, NDManager manager) {
    this.weights = weights;
    weights.forEach((name, weight) -> kept.put(name, manager.zeros(weight.getShape())));
    this.numbers = manager.create(new float[] {Float.NaN, 0});
  }

  /** Whether there was one. */
  public boolean isThere() {
    return !Float.isNaN(numbers.getFloat(0));
  }

  /** Looks since then that showed nothing better. */
  public int looksSince() {
    return Math.round(numbers.getFloat(1));
  }

  /**
   * Takes the weights as they are now for the best ones if they lose less.
   *
   * @return whether they do; what is not a number loses most
   */
  public boolean look(double lost) {
    boolean better = !Double.isNaN(lost) && (!isThere() || (float) lost < numbers.getFloat(0));
    if (better) {
      copy(weights, kept);
      Contents.replace(numbers, new float[] {(float) lost, 0});
    } else {
      Contents.replace(numbers, new float[] {numbers.getFloat(0), numbers.getFloat(1) + 1});
    }
    return better;
  }

  /** Gives the network the weights of that moment. */
  public void restore() {
    copy(kept, weights);
  }

  private static void copy(SequencedMap<String, NDArray> from, SequencedMap<String, NDArray> to) {
    from.forEach((name, array) -> Contents.replace(to.get(name), array.toFloatArray()));
  }

  /** What must be saved to go on later. */
  SequencedMap<String, NDArray> state() {
    SequencedMap<String, NDArray> state = new LinkedHashMap<>(kept);
    state.put(NUMBERS, numbers);
    return state;
  }
}
