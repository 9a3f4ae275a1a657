package dev.lowpass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void everyInferenceIsToldOfOnce() {
    LatencyHistogram latency = new LatencyHistogram();
    try (Model model = RectifyModel.load();
        Session session = model.newSession(SessionOptions.threads(1).withMetrics(latency));
        Session other = model.newSession(SessionOptions.threads(2).withMetrics(latency))) {
      Tensor x = Tensor.of(RectifyModel.ramp(), RectifyModel.SHAPE);
      session.run();
      session.run(Map.of("x", x));
      other.runAsync(Map.of("x", x), Runnable::run).join();
      assertThatThrownBy(() -> session.run(Map.of())).hasMessageStartingWith("LP5020 ");
      session.profile(1);
    }
    assertThat(latency.runs()).isEqualTo(3);
    assertThat(latency.failures()).isZero();
    assertThat(latency.longest()).isPositive();
    assertThat(latency.toString()).startsWith("3 runs, 0 failures; microseconds: ");
  }

  @Test
  void percentilesAreWithinABucket() {
    LatencyHistogram latency = new LatencyHistogram();
    Random random = new Random(7);
    long[] times = new long[10_000];
    for (int i = 0; i < times.length; i++) {
      times[i] = (long) Math.exp(random.nextDouble() * 30);
      latency.ran(times[i]);
    }
    Arrays.sort(times);
    for (double part : new double[] {0, 0.01, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = times[Math.max(0, (int) Math.ceil(part * times.length) - 1)];
      assertThat(latency.percentile(part)).isBetween(exact, exact + exact / 31);
    }
    assertThat(latency.longest()).isEqualTo(times[times.length - 1]);
    assertThat(latency.mean()).isCloseTo(Arrays.stream(times).average().orElseThrow(), within(1.0));
  }

  @Test
  void theEndsOfTheScale() {
    LatencyHistogram latency = new LatencyHistogram();
    assertThat(latency.percentile(0.5)).isZero();
    assertThat(latency.mean()).isZero();
    latency.ran(-1);
    assertThat(latency.percentile(1)).isZero();
    latency.ran(Long.MAX_VALUE);
    assertThat(latency.percentile(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(latency.percentile(0.5)).isZero();
    latency.failed(new IllegalStateException(), 1);
    assertThat(latency.failures()).isEqualTo(1);
    latency.reset();
    assertThat(latency.runs() + latency.failures() + latency.longest() + latency.percentile(1)).isZero();
    assertThatThrownBy(() -> latency.percentile(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> latency.percentile(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyThreadsLoseNothing() throws InterruptedException {
    LatencyHistogram latency = new LatencyHistogram();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      threads.execute(() -> {
        for (int time = 1; time <= 50_000; time++) {
          latency.ran(time);
        }
      });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(latency.runs()).isEqualTo(200_000);
    assertThat(latency.percentile(0.5)).isBetween(25_000L, 25_800L);
    assertThat(latency.mean()).isEqualTo(25_000.5);
  }
}
