package dev.lowpass.passes.pass;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Rewrite;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Runs pipelines: each pass until its rewrite is empty, every change shown to the listeners. */
public record PassManager(List<PassListener> listeners) {
  /** Changes that a pass may make to a small graph; a larger one may take as many as it has nodes. */
  private static final int LEAST_BOUND = 100;

  public PassManager {
    listeners = List.copyOf(listeners);
  }

  /** A manager that verifies the graph after every change. */
  public static PassManager verifying(PassListener... more) {
    return new PassManager(Stream.concat(Stream.of(new VerifyEach()), Stream.of(more)).toList());
  }

  /**
   * The graph after all steps; what the passes tell goes to the report of {@code context}.
   *
   * @throws LowpassException LP3005 for a pass that does not converge, LP2xxx for one that leaves a malformed graph
   */
  public Graph run(Pipeline pipeline, Graph graph, PassContext context) {
    Graph current = graph;
    int count = pipeline.steps().size();
    for (int index = 0; index < count; index++) {
      Pass pass = pipeline.steps().get(index).pass();
      for (PassListener listener : listeners) {
        listener.before(index, count, pass, current);
      }
      current = repeat(pass, current, context);
    }
    return current;
  }

  private Graph repeat(Pass pass, Graph graph, PassContext context) {
    long start = System.nanoTime();
    int bound = Math.max(LEAST_BOUND, 2 * graph.nodes().size());
    int applications = 0;
    Graph current = graph;
    for (Rewrite rewrite = pass.rewrite(current, context);
        !rewrite.isEmpty();
        rewrite = pass.rewrite(current, context)) {
      if (applications == bound) {
        String message = "does not converge: changes remain after " + bound + " applications to @" + graph.name();
        throw new LowpassException("LP3005", pass.name(), message);
      }
      current = current.apply(rewrite);
      applications++;
      for (PassListener listener : listeners) {
        listener.applied(pass, current);
      }
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    for (PassListener listener : listeners) {
      listener.after(pass, current, applications, time);
    }
    return current;
  }
}
