package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.lowpass.learn.network.Contents;
import dev.lowpass.learn.network.TrainingEngine;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class WayBackTest {
  @Test
  void itLeadsFromWhatWasLearntToTheBeginning() {
    try (NDManager manager = TrainingEngine.newManager()) {
      NDArray a = manager.create(new float[] {1, -2});
      NDArray b = manager.create(new float[] {0});
      SequencedMap<String, NDArray> weights = new LinkedHashMap<>();
      weights.put("a", a);
      weights.put("b", b);
      WayBack way = WayBack.to(weights);
      Contents.replace(a, new float[] {3, 6});
      Contents.replace(b, new float[] {-4});
      WayBack.Walk walk = way.from();
      walk.to(0.25);
      assertThat(a.toFloatArray()).containsExactly(1.5f, 0);
      assertThat(b.toFloatArray()).containsExactly(-1);
      walk.to(0);
      assertThat(a.toFloatArray()).containsExactly(1, -2);
      walk.to(1);
      assertThat(a.toFloatArray()).containsExactly(3, 6);
      assertThat(b.toFloatArray()).containsExactly(-4);
    }
  }
}
