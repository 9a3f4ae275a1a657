package dev.lowpass.testsuite.filetest;

import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.pass.Pipeline;

/** What a file's {@code ; run:} line says is done with each of its graphs. */
sealed interface Command {
  /** Parse, verify, print. */
  record Print() implements Command {}

  /** Parse and verify. */
  record Verify() implements Command {}

  /** Parse, verify, and execute on the interpreter. */
  record Interpret() implements Command {}

  /** Parse, verify, run the passes, and compare both graphs on the interpreter. */
  record Passes(Pipeline pipeline) implements Command {}

  static Command parse(String text) {
    return switch (text) {
      case "print" -> new Print();
      case "verify" -> new Verify();
      case "interpret" -> new Interpret();
      default -> new Passes(Pipelines.parse(text));
    };
  }
}
