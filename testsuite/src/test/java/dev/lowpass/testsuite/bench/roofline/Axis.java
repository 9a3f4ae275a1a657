package dev.lowpass.testsuite.bench.roofline;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis from {@code low} to {@code high}; its ends lie at {@code start} and {@code end} in a picture. */
record Axis(double low, double high, double start, double end) {
  private static final List<Double> COARSE = List.of(1.0, 2.0, 5.0);
  private static final List<Double> FINE =
      List.of(1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);

  /** From the tick below {@code least} to {@code most}. */
  static Axis around(double least, double most, double start, double end) {
    return new Axis(ticks(least / 10, least, COARSE).getLast(), most, start, end);
  }

  double at(double value) {
    return start + (end - start) * Math.log(value / low) / Math.log(high / low);
  }

  boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** 1, 2, 5, 10, 20, …; more where the axis is shorter than a decade. */
  List<Double> ticks() {
    return ticks(low, high, high / low < 10 ? FINE : COARSE);
  }

  private static List<Double> ticks(double from, double to, List<Double> digits) {
    List<Double> ticks = new ArrayList<>();
    for (int decade = -6; decade < 9; decade++) {
      for (double digit : digits) {
        double tick = digit * Math.pow(10, decade);
        if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
