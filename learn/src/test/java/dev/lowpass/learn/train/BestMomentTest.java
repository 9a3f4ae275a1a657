package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.learn.network.Contents;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BestMomentTest {
  private final NDManager manager = TrainingEngine.newManager();
  private final NDArray x = manager.create(new float[] {1, 2});
  private final BestMoment best = new BestMoment(new LinkedHashMap<>(Map.of("x", x)), manager);

  @AfterEach
  void close() {
    manager.close();
  }

  private boolean look(double lost, float... values) {
    Contents.replace(x, values);
    return best.look(lost);
  }

  @Test
  void theLeastLossWins() {
    assertThat(best.isThere()).isFalse();
    assertThat(look(Double.NaN, 9, 9)).isFalse();
    assertThat(best.isThere()).isFalse();
    assertThat(look(0.5, 1, 1)).isTrue();
    assertThat(look(0.4, 2, 2)).isTrue();
    assertThat(look(0.4, 3, 3)).isFalse();
    assertThat(look(Double.NaN, 4, 4)).isFalse();
    assertThat(best.looksSince()).isEqualTo(2);
    best.restore();
    assertThat(x.toFloatArray()).containsExactly(2, 2);
  }
}
