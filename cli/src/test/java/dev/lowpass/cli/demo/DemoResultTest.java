package dev.lowpass.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.cli.score.PointsLost;
import org.junit.jupiter.api.Test;

class DemoResultTest {
  private static DemoResult.Contestant contestant(String name, int right, double milliseconds) {
    PointsLost lost = PointsLost.of(Math.max(990 - right, 0), Math.max(right - 990, 0), 1000);
    return new DemoResult.Contestant(name, right, right, lost, new Latency(new double[] {milliseconds}));
  }

  private static String gain(int lowpassed, int smaller) {
    return new DemoResult(
            1000,
            contestant("ONNX Runtime", 990, 4),
            contestant("dense", 990, 2),
            contestant("dense, 48x96", smaller, 1.5),
            contestant("low-passed", lowpassed, 1),
            new Retained(1, 1, 1))
        .gain();
  }

  @Test
  void theGainIsSaidInTimeAndInLinesReadRight() {
    assertThat(gain(987, 960))
        .isEqualTo(
            "low-passed takes 0.50 of the dense form's time and reads 0.3 ± 0.2 points fewer lines right; "
                + "dense, 48x96 takes 0.75 of the dense form's time and reads 3.0 ± 0.5 points fewer lines right");
  }

  @Test
  void moreAndAsManyAreSaidAsWell() {
    assertThat(gain(992, 990)).contains("0.50 of the dense form's time and reads 0.2 ± 0.1 points more lines right;")
        .endsWith("reads the same lines right");
  }
}
