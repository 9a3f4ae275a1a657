package dev.lowpass.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final double EXACT = 1e-12;
  private static final Schedule SCHEDULE = new Schedule(1000, 8, 0.4, 0.6, 5);

  @Test
  void theRateRisesInTheFirstFiftiethOfAllSteps() {
    for (int step = 0; step < 20; step++) {
      double cosine = (1 + Math.cos(Math.PI * step / 1000)) / 2;
      assertThat(SCHEDULE.rateAt(step)).isCloseTo(0.4 * cosine * (step + 1) / 20, within(EXACT));
    }
  }

  @Test
  void thenItFallsAlongHalfACosineToNothing() {
    for (int step = 20; step < 1000; step++) {
      assertThat(SCHEDULE.rateAt(step)).isLessThan(SCHEDULE.rateAt(step - 1)).isPositive();
    }
    assertThat(SCHEDULE.rateAt(500)).isCloseTo(0.2, within(EXACT));
    assertThat(SCHEDULE.rateAt(1000)).isCloseTo(0, within(EXACT));
  }

  @Test
  void thresholdsStayAfterThreeFifths() {
    assertThat(SCHEDULE.annealed()).isEqualTo(600);
    assertThat(SCHEDULE.thresholdRateAt(0)).isEqualTo(0.6);
    assertThat(SCHEDULE.thresholdRateAt(300)).isCloseTo(0.3, within(EXACT));
    assertThat(SCHEDULE.thresholdRateAt(599)).isPositive().isLessThan(1e-5);
    assertThat(SCHEDULE.thresholdRateAt(600)).isZero();
    assertThat(SCHEDULE.thresholdRateAt(999)).isZero();
  }

  @Test
  void softnessFallsByEqualFactorsUntilMasksAreSteps() {
    double factor = SCHEDULE.softnessAt(1) / SCHEDULE.softnessAt(0);
    assertThat(SCHEDULE.softnessAt(0)).isEqualTo(5);
    for (int step = 1; step <= 600; step++) {
      assertThat(SCHEDULE.softnessAt(step) / SCHEDULE.softnessAt(step - 1)).isCloseTo(factor, within(EXACT));
    }
    assertThat(SCHEDULE.softnessAt(600)).isCloseTo(0.05, within(EXACT));
    assertThat(SCHEDULE.softnessAt(999)).isCloseTo(0.05, within(EXACT));
  }

  /** So short a training has no steps in which thresholds move; its masks are those of its bands. */
  @Test
  void aTrainingOfOneStepHasMasksThatAreSteps() {
    Schedule one = new Schedule(1, 8, 0.4, 0.6, 5);
    assertThat(one.annealed()).isZero();
    assertThat(one.softnessAt(0)).isCloseTo(0.05, within(EXACT));
    assertThat(one.rateAt(0)).isPositive();
  }

  @Test
  void refusesWhatIsNoTraining() {
    assertThatThrownBy(() -> new Schedule(0, 8, 0.4, 0.6, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(1, 0, 0.4, 0.6, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(1, 8, Double.NaN, 0.6, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(1, 8, 0.4, -1, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(1, 8, 0.4, 0.6, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
