package dev.lowpass.cli;

import dev.lowpass.ir.LowpassException;

/** What option values have to satisfy beyond their type. */
final class Checks {
  private Checks() {}

  /** More workers than any machine has processors would only exhaust it. */
  private static final int MOST_THREADS = 1024;

  /** @throws LowpassException LP7023 for less than 1 or more than 1024 */
  static void threads(int value) {
    atLeastOne("--threads", value);
    if (value > MOST_THREADS) {
      throw new LowpassException("LP7023", "--threads", value + " is too large; at most " + MOST_THREADS);
    }
  }

  /** @throws LowpassException LP7023 for 0 and less */
  static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new LowpassException("LP7023", option, value + " is too small; at least 1");
    }
  }
}
