package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import dev.lowpass.learn.network.Contents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The straight way between the weights that a network began with and those that it has learnt (Wortsman et al.,
 * arXiv:2109.01903). Part of what is learnt is of the pictures of the training alone; between both ends there are
 * networks that answer other pictures better than either.
 */
public final class WayBack {
  /** Parts of the way from the beginning at which to look, the end first. */
  public static final List<Double> PARTS = List.of(1.0, 0.75, 0.5, 0.25);

  private final SequencedMap<String, NDArray> weights;
  private final SequencedMap<String, float[]> beginning;

  private WayBack(SequencedMap<String, NDArray> weights, SequencedMap<String, float[]> beginning) {
    this.weights = weights;
    this.beginning = beginning;
  }

  /** The way from {@code weights} as they are now. */
  public static WayBack to(SequencedMap<String, NDArray> weights) {
    return new WayBack(weights, copy(weights));
  }

  /** A place on the way, which keeps the weights as they are now for its end. */
  public Walk from() {
    return new Walk(copy(weights));
  }

  /** Between the beginning and an end. */
  public final class Walk {
    private final SequencedMap<String, float[]> end;

    private Walk(SequencedMap<String, float[]> end) {
      this.end = end;
    }

    /** Gives the network the weights at {@code part} of the way: 0 is the beginning, 1 the end. */
    public void to(double part) {
      end.forEach(
          (name, learnt) -> {
            float[] first = beginning.get(name);
            float[] between = new float[learnt.length];
            for (int i = 0; i < between.length; i++) {
              between[i] = (float) (first[i] + part * (learnt[i] - first[i]));
            }
            Contents.replace(weights.get(name), part == 1 ? learnt : between);
          });
    }
  }

  private static SequencedMap<String, float[]> copy(SequencedMap<String, NDArray> weights) {
    SequencedMap<String, float[]> copy = new LinkedHashMap<>();
    weights.forEach((name, weight) -> copy.put(name, weight.toFloatArray()));
    return copy;
  }
}
