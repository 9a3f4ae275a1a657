package dev.lowpass.testsuite.filetest;

import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.op.Operators;
import dev.lowpass.ir.text.IrText;
import java.util.Arrays;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Checks one graph of a file against its directives; a failure names the file, the line and shows the graph. */
final class Expectations {
  /** What passes may change where a file does not say otherwise: constants are folded in single precision. */
  private static final double DEFAULT_TOLERANCE = 1e-5;

  private final FileTest file;
  private final Section section;

  private Expectations(FileTest file, Section section) {
    this.file = file;
    this.section = section;
  }

  static void check(FileTest file, Section section) {
    new Expectations(file, section).check(Execution.of(file, section));
  }

  private void check(Execution execution) {
    switch (execution) {
      case Execution.Rejected rejected -> new ExpectedErrors(file, section).check(rejected.error());
      case Execution.Finished finished -> {
        section
            .first(Directive.Error.class)
            .ifPresent(error -> fail(error.line(), "expected " + error.code() + ", found no error", finished.after()));
        checkInOrder(finished.after());
        section.directives().forEach(directive -> check(directive, finished));
        checkAgreement(finished);
      }
    }
  }

  private void check(Directive directive, Execution.Finished finished) {
    Graph graph = finished.after();
    int line = directive.line();
    switch (directive) {
      case Directive.Not(int at, String text) ->
          require(at, !has(graph, text), "expected no '" + text + "'", graph);
      case Directive.Count(int at, String mnemonic, int count) -> {
        require(at, isMnemonic(mnemonic), "'" + mnemonic + "' is no operator", graph);
        long found = count(graph, mnemonic);
        require(at, found == count, "expected %d x %s, there are %d".formatted(count, mnemonic, found), graph);
      }
      case Directive.Fires fires -> require(line, !finished.before().equals(graph), "expected a change", graph);
      case Directive.Unchanged unchanged -> require(line, finished.before().equals(graph), "expected no change", graph);
      case Directive.Reported(int at, String text) ->
          require(at, told(finished).anyMatch(told -> told.contains(text)), "told: " + told(finished).toList(), graph);
      case Directive.Output output -> checkOutput(output, finished);
      // Checks go in order, and the others say how the graph is run.
      case Directive.Check check -> {}
      case Directive.Error error -> {}
      case Directive.Same same -> {}
      case Directive.Input input -> {}
    }
  }

  private void checkInOrder(Graph graph) {
    String printed = IrText.print(graph);
    int position = 0;
    for (Directive.Check check : section.all(Directive.Check.class)) {
      int found = printed.indexOf(check.text(), position);
      String order = printed.contains(check.text()) ? " after what the checks before it found" : "";
      require(check.line(), found >= 0, "expected '" + check.text() + "'" + order, graph);
      position = found + check.text().length();
    }
  }

  private static boolean has(Graph graph, String text) {
    return isMnemonic(text) ? count(graph, text) > 0 : IrText.print(graph).contains(text);
  }

  private static boolean isMnemonic(String text) {
    return text.equals("constant") || Operators.byMnemonic().containsKey(text);
  }

  private static long count(Graph graph, String mnemonic) {
    return graph.nodes().stream().filter(node -> node.op().mnemonic().equals(mnemonic)).count();
  }

  private static Stream<String> told(Execution.Finished finished) {
    return Stream.concat(
        finished.report().remarks().stream(), finished.report().decisions().stream().map(Object::toString));
  }

  private void checkOutput(Directive.Output output, Execution.Finished finished) {
    SequencedMap<String, Tensor> outputs = finished.outputs(section);
    boolean exists = outputs.containsKey(output.name());
    require(output.line(), exists, "there is no output " + output.name(), finished.after());
    Tensor result = outputs.get(output.name());
    Difference difference = Difference.between(result, Tensors.like(result, output.values()));
    String found = output.name() + " is " + Arrays.toString(result.toDoubles());
    require(output.line(), difference.isWithin(DEFAULT_TOLERANCE), found, finished.after());
  }

  private void checkAgreement(Execution.Finished finished) {
    double tolerance = tolerance();
    if (finished.before().equals(finished.after()) || tolerance == Double.POSITIVE_INFINITY) {
      return;
    }
    SequencedMap<String, Tensor> outputs = finished.outputs(section);
    finished
        .expected(section)
        .forEach(
            (name, expected) -> {
              Difference difference = Difference.between(outputs.get(name), expected);
              String message = "output %s is no longer the same: %s, tolerance %s".formatted(name, difference, tolerance);
              require(section.firstLine(), difference.isWithin(tolerance), message, finished.after());
            });
  }

  /** The last one written: one beside the graph overrules one in the header. */
  private double tolerance() {
    return section.all(Directive.Same.class).stream()
        .mapToDouble(Directive.Same::tolerance)
        .reduce(DEFAULT_TOLERANCE, (first, last) -> last);
  }

  private void require(int line, boolean holds, String message, Graph graph) {
    if (!holds) {
      fail(line, message, graph);
    }
  }

  private void fail(int line, String message, Graph graph) {
    throw new AssertionError("%s:%d: %s\n%s".formatted(file.path(), line, message, IrText.print(graph)));
  }
}
