package dev.lowpass.cli.failure;

/** What the process returns. */
public final class ExitCode {
  /** All went well. */
  public static final int OK = 0;

  /** The user's input is at fault: a file, a model, a value. */
  public static final int INPUT = 1;

  /** The command line is at fault. */
  public static final int USAGE = 2;

  /** We are at fault; EX_SOFTWARE of sysexits.h. */
  public static final int BUG = 70;

  private ExitCode() {}
}
