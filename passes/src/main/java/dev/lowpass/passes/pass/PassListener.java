package dev.lowpass.passes.pass;

import dev.lowpass.ir.graph.Graph;
import java.time.Duration;

/**
 * Watches a pipeline run: progress, timing, printing and verification are listeners. Called on the thread that runs the
 * pipeline.
 */
public interface PassListener {
  /** Step {@code index} (from 0) of {@code count} starts on {@code graph}. */
  default void before(int index, int count, Pass pass, Graph graph) {}

  /** {@code pass} made one change, of which {@code graph} is the result. */
  default void applied(Pass pass, Graph graph) {}

  /** {@code pass} has nothing left to do after {@code applications} changes. */
  default void after(Pass pass, Graph graph, int applications, Duration time) {}
}
