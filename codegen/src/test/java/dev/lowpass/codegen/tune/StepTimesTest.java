package dev.lowpass.codegen.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a gain on a machine that does other things as well. */
class StepTimesTest {
  private static final int ROUNDS = 40;

  /** The time of a step in one round, which {@code factor} says. */
  private interface Factor {
    double at(int round);
  }

  /** Two variants of one step, the second with {@code factor} times the first's time. */
  private static TimeCache.Time time(Factor machine, Factor factor) {
    List<double[]> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(new double[] {100 * machine.at(round), 100 * machine.at(round) * factor.at(round)});
    }
    return new StepTimes(List.of("step"), rounds).of(1, 0);
  }

  @Test
  void aMachineThatChangesItsSpeedChangesNoRatio() {
    assertThat(time(round -> 1 + round * 0.05, _ -> 0.9).ratio()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void disturbancesOfSomeRoundsDoNotCount() {
    assertThat(time(_ -> 1, round -> round % 3 == 0 ? 20 : 0.9).ratio()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void aGainInHalfOfTheTimeIsNone() {
    assertThat(time(_ -> 1, round -> round < ROUNDS / 2 ? 0.8 : 1).ratio()).isCloseTo(1, within(1e-9));
  }

  @Test
  void stepsThatDoTheSameAreAddedUp() {
    double[] round = {100, 50, 300, 90, 50, 300};
    StepTimes times = new StepTimes(List.of("same", "other", "same"), List.of(round, round, round, round));
    assertThat(times.of(1, 0)).isEqualTo(new TimeCache.Time(200 * (390 / 400.0), 200));
    assertThat(times.of(1, 1).ratio()).isEqualTo(1);
  }
}
