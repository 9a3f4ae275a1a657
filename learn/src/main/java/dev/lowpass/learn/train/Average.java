package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.learn.network.Contents;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The mean of parameters over the last steps, with weights that fall exponentially into the past (Polyak and Juditsky,
 * 1992; Izmailov et al., arXiv:1803.05407). Parameters wander about what they learn, since every batch says something
 * else; their mean does so less, and answers pictures better that are unlike those of the training. It begins with the
 * parameters as they are.
 */
final class Average {
  private final SequencedMap<String, NDArray> parameters;
  private final SequencedMap<String, NDArray> means = new LinkedHashMap<>();
  private final float part;

  /** @param steps over which is averaged, in effect; 1 or more */
  Average(SequencedMap<String, NDArray> parameters, double steps, NDManager manager) {
    this.parameters = parameters;
    this.part = (float) (1 / steps);
    parameters.forEach(
        (name, parameter) -> {
          NDArray mean = manager.zeros(parameter.getShape());
          Contents.replace(mean, parameter.toFloatArray());
          means.put(name, mean);
        });
  }

  /** Counts the parameters as they are now. */
  void add() {
    parameters.forEach(
        (name, parameter) -> {
          try (NDManager scratch = parameter.getManager().newSubManager()) {
            NDArray difference = parameter.sub(means.get(name));
            difference.attach(scratch);
            means.get(name).addi(difference.muli(part));
          }
        });
  }

  /** Puts the mean in the parameters' place, and them in its; a second time undoes the first. */
  void exchange() {
    parameters.forEach(
        (name, parameter) -> {
          float[] now = parameter.toFloatArray();
          Contents.replace(parameter, means.get(name).toFloatArray());
          Contents.replace(means.get(name), now);
        });
  }

  /** What must be saved to go on later, named after the parameters. */
  SequencedMap<String, NDArray> state() {
    return means;
  }
}
