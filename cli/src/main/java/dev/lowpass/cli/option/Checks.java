package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;

/** What option values have to satisfy beyond their type. */
public final class Checks {
  private Checks() {}

  /** @throws LowpassException LP7023 for 0 and less */
  public static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new LowpassException("LP7023", option, value + " is too small; at least 1");
    }
  }
}
