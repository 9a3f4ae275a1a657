package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the quadratic Σ a · (x - b)², of whose slopes one is a thousand times as steep as another. */
class AdamTest {
  private static final float[] A = {1, 0.03f, 30};
  private static final float[] B = {0.5f, -2, 1};

  private final NDManager manager = TrainingEngine.newManager();
  private final NDArray x = manager.create(new float[] {2, 1, -1});
  private final Adam adam = new Adam(parameters(x), manager);

  private static SequencedMap<String, NDArray> parameters(NDArray x) {
    SequencedMap<String, NDArray> parameters = new LinkedHashMap<>();
    parameters.put("x", x);
    return parameters;
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private void step(int update, double rate) {
    x.setRequiresGradient(true);
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      x.tempAttach(step);
      collector.backward(x.sub(step.create(B)).square().mul(step.create(A)).sum());
    }
    adam.step(update, rate);
  }

  @Test
  void movesAsThePaperSays() {
    double[] expected = {2, 1, -1};
    double[] means = new double[3];
    double[] squares = new double[3];
    for (int update = 1; update <= 40; update++) {
      step(update, 0.05);
      for (int i = 0; i < 3; i++) {
        double gradient = 2 * A[i] * (expected[i] - B[i]);
        means[i] = 0.9 * means[i] + 0.1 * gradient;
        squares[i] = 0.999 * squares[i] + 0.001 * gradient * gradient;
        double mean = means[i] / (1 - Math.pow(0.9, update));
        double square = squares[i] / (1 - Math.pow(0.999, update));
        expected[i] -= 0.05 * mean / (Math.sqrt(square) + 1e-8);
        assertThat(x.getFloat(i)).as("%d after %d", i, update).isCloseTo((float) expected[i], within(1e-4f));
      }
    }
  }

  @Test
  void endsAtTheLeast() {
    for (int update = 1; update <= 800; update++) {
      step(update, 0.05 * (1 - update / 800.0));
    }
    assertThat(x.toFloatArray()).usingComparatorWithPrecision(1e-3f).containsExactly(B);
  }

  @Test
  void leavesNothingBehind() {
    step(1, 0.05);
    int before = manager.getManagedArrays().size();
    step(2, 0.05);
    step(3, 0.05);
    assertThat(manager.getManagedArrays()).hasSize(before);
  }
}
