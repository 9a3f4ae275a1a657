package dev.lowpass.cli.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static List<String> texts(Axis axis) {
    return axis.ticks().stream().map(axis::text).toList();
  }

  @Test
  void ticksAreRoundAndAlike() {
    assertThat(texts(Axis.around(new double[] {0.5, 1}, 0, 100, 6)))
        .containsExactly("0.5", "0.6", "0.7", "0.8", "0.9", "1.0");
    assertThat(texts(Axis.around(new double[] {-2, 31}, 0, 100, 5))).containsExactly("0", "10", "20", "30");
    assertThat(texts(Axis.around(new double[] {-0.1, 0.1}, 0, 100, 6)))
        .containsExactly("-0.10", "-0.05", "0.00", "0.05", "0.10");
  }

  @Test
  void valuesLieBetweenTheEnds() {
    Axis axis = Axis.around(new double[] {2, 4}, 100, 200, 5);
    assertThat(axis.at(3)).isCloseTo(150, within(1e-9));
    assertThat(axis.at(2)).isGreaterThan(100).isLessThan(axis.at(4));
    assertThat(axis.turned().at(2)).isCloseTo(axis.at(4), within(1e-9));
    assertThat(texts(axis.turned())).isEqualTo(texts(axis));
  }

  @Test
  void oneValueHasAnAxisToo() {
    for (double value : new double[] {0, 1, -3e6, 1e-9, 1e300}) {
      Axis axis = Axis.around(new double[] {value}, 0, 100, 5);
      assertThat(axis.at(value)).isCloseTo(50, within(1e-6));
      assertThat(axis.ticks()).hasSizeBetween(1, 7);
    }
  }
}
