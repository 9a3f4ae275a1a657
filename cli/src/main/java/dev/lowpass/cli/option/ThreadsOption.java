package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import picocli.CommandLine.Option;

/** How many workers run a model. */
public final class ThreadsOption {
  private static final String NAME = "--threads";

  /** More workers than any machine has processors would only exhaust it. */
  private static final int MOST = 1024;

  @Option(
      names = NAME,
      paramLabel = "N",
      defaultValue = "1",
      description = "Workers of each model; default ${DEFAULT-VALUE}.")
  private int count = 1;

  /** @throws LowpassException LP7023 for less than 1 or more than 1024 */
  public int count() {
    Checks.atLeastOne(NAME, count);
    if (count > MOST) {
      throw new LowpassException("LP7023", NAME, count + " is too large; at most " + MOST);
    }
    return count;
  }
}
