package dev.lowpass.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTest {
  @Test
  void quantilesInterpolate() {
    Latency latency = new Latency(new double[] {4, 1, 3, 2});
    assertThat(latency.median()).isEqualTo(2.5);
    assertThat(latency.quantile(0)).isEqualTo(1);
    assertThat(latency.quantile(1)).isEqualTo(4);
  }

  @Test
  void ratiosArePairedByRound() {
    Latency slow = new Latency(new double[] {2, 20, 200});
    Latency fast = new Latency(new double[] {1, 10, 100});
    assertThat(slow.ratioTo(fast)).isEqualTo(2);
  }

  @Test
  void contestantsTakeTurnsAndTheOrderAlternates() {
    List<String> calls = new ArrayList<>();
    List<Latency> latencies = new Interleaved(2, 1).measure(List.of(() -> calls.add("a"), () -> calls.add("b")));
    assertThat(latencies).hasSize(2).allSatisfy(latency -> assertThat(latency.milliseconds()).hasSize(2));
    assertThat(calls.subList(calls.size() - 8, calls.size())).containsExactly("a", "a", "b", "b", "b", "b", "a", "a");
  }
}
