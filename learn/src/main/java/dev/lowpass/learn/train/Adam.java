package dev.lowpass.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Adam (Kingma and Ba, arXiv:1412.6980) whose moments can be saved with everything else: DJL's own keeps them to
 * itself.
 */
final class Adam {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final float LEAST = 1e-8f;

  private final SequencedMap<String, NDArray> parameters;
  private final SequencedMap<String, NDArray> means = new LinkedHashMap<>();
  private final SequencedMap<String, NDArray> squares = new LinkedHashMap<>();

  Adam(SequencedMap<String, NDArray> parameters, NDManager manager) {
    this.parameters = parameters;
    parameters.forEach(
        (name, parameter) -> {
          means.put(name, manager.zeros(parameter.getShape()));
          squares.put(name, manager.zeros(parameter.getShape()));
        });
  }

  /**
   * Moves all parameters against their gradients, and clears those: the engine adds the next ones to what is there.
   *
   * @param update counted from 1
   */
  void step(int update, double rate) {
    double corrected = rate * Math.sqrt(1 - Math.pow(SECOND, update)) / (1 - Math.pow(FIRST, update));
    parameters.forEach(
        (name, parameter) -> {
          try (NDManager scratch = parameter.getManager().newSubManager()) {
            NDArray gradient = parameter.getGradient();
            gradient.attach(scratch);
            NDArray mean = means.get(name);
            NDArray square = squares.get(name);
            mean.muli(FIRST).addi(gradient.mul(1 - FIRST));
            square.muli(SECOND).addi(gradient.square().mul(1 - SECOND));
            NDArray root = square.sqrt();
            root.attach(scratch);
            NDArray change = mean.mul(corrected);
            change.attach(scratch);
            parameter.subi(change.div(root.addi(LEAST)));
            gradient.muli(0);
          }
        });
  }

  /** Everything that must be saved to go on later: both moments, named after their parameters. */
  SequencedMap<String, NDArray> state() {
    SequencedMap<String, NDArray> state = new LinkedHashMap<>();
    means.forEach((name, array) -> state.put("mean/" + name, array));
    squares.forEach((name, array) -> state.put("square/" + name, array));
    return state;
  }
}
