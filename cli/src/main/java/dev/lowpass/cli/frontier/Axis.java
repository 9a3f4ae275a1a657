package dev.lowpass.cli.frontier;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A linear axis: {@code low} lies at {@code start}, {@code high} at {@code end}; ticks are {@code step} apart. */
record Axis(double low, double high, double start, double end, BigDecimal step) {
  private static final List<String> DIGITS = List.of("1", "2", "5");

  /** Around all {@code values} with some room, with at most {@code most} ticks. */
  static Axis around(double[] values, double start, double end, int most) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double room = high > low ? 0.08 * (high - low) : Math.max(1e-3, 0.1 * Math.abs(low));
    return new Axis(low - room, high + room, start, end, step((high - low + 2 * room) / most));
  }

  /** The same axis the other way round: what is less is drawn where more was. */
  Axis turned() {
    return new Axis(high, low, start, end, step);
  }

  /** 1, 2 or 5 times a power of ten, the first that is at least {@code least}. */
  private static BigDecimal step(double least) {
    for (int decade = -12; decade < 300; decade++) {
      for (String digit : DIGITS) {
        BigDecimal step = new BigDecimal(digit).scaleByPowerOfTen(decade);
        if (step.doubleValue() >= least) {
          return step;
        }
      }
    }
    throw new IllegalArgumentException("an axis of " + least);
  }

  double at(double value) {
    return start + (end - start) * (value - low) / (high - low);
  }

  /** Multiples of the step on the axis, in ascending order. */
  List<BigDecimal> ticks() {
    List<BigDecimal> ticks = new ArrayList<>();
    double least = Math.min(low, high);
    double most = Math.max(low, high);
    BigDecimal tick = step.multiply(BigDecimal.valueOf(Math.ceil(least / step.doubleValue())).setScale(0));
    while (tick.doubleValue() <= most) {
      ticks.add(tick);
      tick = tick.add(step);
    }
    return ticks;
  }

  /** A tick's value, all with as many places. */
  String text(BigDecimal tick) {
    BigDecimal plain = tick.setScale(Math.max(0, step.stripTrailingZeros().scale()));
    return (plain.signum() == 0 ? plain.abs() : plain).toPlainString();
  }
}
