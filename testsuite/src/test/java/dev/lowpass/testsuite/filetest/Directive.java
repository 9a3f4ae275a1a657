package dev.lowpass.testsuite.filetest;

import java.util.List;

/** One expectation about the graph that it follows. */
sealed interface Directive {
  /** Where the directive is written, from 1. */
  int line();

  /** The printed result has {@code text} after what the check before this one found. */
  record Check(int line, String text) implements Directive {}

  /** The result has no node of this mnemonic; if {@code text} is no mnemonic, the printed result does not have it. */
  record Not(int line, String text) implements Directive {}

  /** The result has {@code count} nodes of this mnemonic. */
  record Count(int line, String mnemonic, int count) implements Directive {}

  /** The graph is rejected, at this line, with this code and a message that has {@code text}. */
  record Error(int line, String code, String text) implements Directive {}

  /** The passes change the graph. */
  record Fires(int line) implements Directive {}

  /** The passes leave the graph as it is. */
  record Unchanged(int line) implements Directive {}

  /** Some remark or decision of the passes has {@code text}. */
  record Reported(int line, String text) implements Directive {}

  /** Both graphs agree on the interpreter to this relative L2 error; infinite to leave the comparison out. */
  record Same(int line, double tolerance) implements Directive {}

  /** The elements of an input, for the interpreter; inputs that are not given are pseudo-random. */
  record Input(int line, String name, List<Float> values) implements Directive {}

  /** The elements of an output on the interpreter. */
  record Output(int line, String name, List<Float> values) implements Directive {}
}
