package dev.lowpass.cli.report;

import dev.lowpass.cli.score.PointsLost;
import java.util.Locale;

/** Numbers as people read them. */
public final class Quantity {
  private Quantity() {}

  /** Three significant places and a decimal unit: {@code 13.9 MB}. */
  public static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    if (count < 1_000_000) {
      return format("%.1f kB", count / 1e3);
    }
    return count < 1_000_000_000 ? format("%.1f MB", count / 1e6) : format("%.2f GB", count / 1e9);
  }

  /** Of things that there are many of: {@code 12.85 million}. */
  public static String count(long count) {
    return count < 100_000 ? String.valueOf(count) : format("%.2f million", count / 1e6);
  }

  /** {@code 1 size}, {@code 2 sizes}. */
  public static String sizes(int count) {
    return count == 1 ? "1 size" : count + " sizes";
  }

  /** {@code 75.3 %} for 0.753. */
  public static String percent(double part) {
    return Double.isNaN(part) ? "-" : format("%.1f %%", 100 * part);
  }

  /** Milliseconds with a unit. */
  public static String milliseconds(double value) {
    return format("%.3f ms", value);
  }

  /** Microseconds with a unit; a dash for not-a-number. */
  public static String microseconds(double value) {
    return Double.isNaN(value) ? "-" : format(value < 10 ? "%.1f us" : "%.0f us", value);
  }

  /** With two decimals. */
  public static String ratio(double value) {
    return format("%.3f", value);
  }

  /** Points of accuracy with their standard error: {@code 0.8 ± 0.4}. */
  public static String points(PointsLost lost) {
    return format("%.2f", lost.points()) + format(" ± %.2f", lost.error());
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
