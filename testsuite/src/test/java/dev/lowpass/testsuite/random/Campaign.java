package dev.lowpass.testsuite.random;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Constant;
import dev.lowpass.ir.text.IrText;
import java.util.List;
import java.util.Optional;

/**
 * {@code Campaign FIRST COUNT} tries the networks of as many seeds. What fails is made as small as it can be by leaving
 * out what comes after some node, and printed; {@code Campaign SEED 1} repeats it.
 */
public final class Campaign {
  private static final int PROGRESS = 50;

  private Campaign() {}

  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int failures = 0;
    for (long seed = first; seed < first + count; seed++) {
      Optional<String> failure = failure(seed);
      if (failure.isPresent()) {
        failures++;
        System.out.println(failure.get());
      }
      if ((seed - first + 1) % PROGRESS == 0) {
        System.out.printf("%d of %d, %d failed%n", seed - first + 1, count, failures);
      }
    }
    System.out.printf("%d networks, %d failed%n", count, failures);
    System.exit(failures == 0 ? 0 : 1);
  }

  /** What is wrong with the network of {@code seed}, with the smallest part of it that shows it; nothing if it passes. */
  static Optional<String> failure(long seed) {
    Trial trial = Trial.of(seed);
    Graph whole = trial.graph();
    Optional<Throwable> wrong = thrown(trial, whole);
    return wrong.map(
        reason -> {
          Graph small = smallest(trial, whole);
          String text = "seed %d: %s%n%s %s, without the rest of %s%n%s";
          Throwable shown = thrown(trial, small).orElse(reason);
          return text.formatted(
              seed, shown, trial.target(), trial.keep(), trial.pipeline(), IrText.print(small));
        });
  }

  private static Optional<Throwable> thrown(Trial trial, Graph graph) {
    try {
      trial.check(graph);
      return Optional.empty();
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return Optional.of(e);
    }
  }

  private static Graph smallest(Trial trial, Graph whole) {
    for (Node node : whole.nodes()) {
      if (!(node.op() instanceof Constant)) {
        List<Graph.Output> only = List.of(new Graph.Output("y", node.result()));
        Graph part = new Graph(whole.name(), whole.inputs(), whole.nodes(), only).withoutDeadNodes();
        if (thrown(trial, part).isPresent()) {
          return part;
        }
      }
    }
    return whole;
  }
}
