package dev.lowpass.cli.failure;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.LowpassRuntimeException;
import java.util.Set;

/** What the process returns. */
public final class ExitCode {
  /** About words that can only have come from the command line: of passes, their options, and targets. */
  private static final Set<String> USAGE_CODES = Set.of("LP3001", "LP3002", "LP3003", "LP3004", "LP4010", "LP4023");

  /** Said by the runtime about a word of the command line: a crop that is smaller than the model's input. */
  private static final int CROP = 5031;

  /** All went well. */
  public static final int OK = 0;

  /** The user's input is at fault: a file, a model, a value. */
  public static final int INPUT = 1;

  /** The command line is at fault. */
  public static final int USAGE = 2;

  /** We are at fault; EX_SOFTWARE of sysexits.h. */
  public static final int BUG = 70;

  private ExitCode() {}

  /** Whose fault {@code problem} is: the command line's where its place is an option, else that of what was given. */
  static int of(LowpassException problem) {
    return problem.place().startsWith("--") || USAGE_CODES.contains(problem.code()) ? USAGE : INPUT;
  }

  /** Likewise; what the runtime says is about files, or about the one word that it knows. */
  static int of(LowpassRuntimeException problem) {
    return problem.code() == CROP ? USAGE : INPUT;
  }
}
