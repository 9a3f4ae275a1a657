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

class AverageTest {
  private final NDManager manager = TrainingEngine.newManager();
  private final NDArray x = manager.create(new float[] {8, -1});
  private final Average average = new Average(new LinkedHashMap<>(Map.of("x", x)), 4, manager);

  @AfterEach
  void close() {
    manager.close();
  }

  private void goTo(float... values) {
    Contents.replace(x, values);
    average.add();
  }

  @Test
  void beginsWithWhatThereIs() {
    average.exchange();
    assertThat(x.toFloatArray()).containsExactly(8, -1);
  }

  @Test
  void whatIsOlderCountsLess() {
    goTo(0, -1);
    goTo(4, -1);
    average.exchange();
    assertThat(x.toFloatArray()).containsExactly(8 * 0.75f * 0.75f + 4 * 0.25f, -1);
  }

  @Test
  void twiceIsNever() {
    goTo(2, 5);
    average.exchange();
    average.exchange();
    assertThat(x.toFloatArray()).containsExactly(2, 5);
  }
}
