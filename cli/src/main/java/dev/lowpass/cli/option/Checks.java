package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What option values have to satisfy beyond their type. */
public final class Checks {
  private Checks() {}

  /** @throws LowpassException LP7023 for 0 and less */
  public static void atLeastOne(String option, int value) {
    atLeast(option, value, 1);
  }

  /** @throws LowpassException LP7023 for less than {@code least} */
  public static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new LowpassException("LP7023", option, value + " is too small; at least " + least);
    }
  }

  /**
   * Sees that nothing is written over what is read.
   *
   * @param what {@code input} is, for the message
   * @throws LowpassException LP7027 if {@code output} is the same file
   */
  public static void isNot(String what, Path input, Path output) throws IOException {
    if (Files.exists(output) && Files.exists(input) && Files.isSameFile(input, output)) {
      throw new LowpassException("LP7027", output.toString(), "is " + what + "; write elsewhere");
    }
  }

  /** @throws IOException if {@code file} cannot be made or written over, as far as that shows before it is */
  public static void mayWrite(Path file) throws IOException {
    OutputFile.check(file);
  }
}
