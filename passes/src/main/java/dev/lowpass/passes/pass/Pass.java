package dev.lowpass.passes.pass;

import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Rewrite;

/**
 * One idea about graphs. A pass says what it would change; {@link PassManager} applies it, verifies the result and asks
 * again until nothing is left, so a pass must converge.
 */
public interface Pass {
  /** The name on the command line: verb and object, {@code cancel-transforms}. */
  String name();

  /** One line for {@code lowpass opt --list-passes}. */
  String summary();

  /**
   * The next change, or {@link Rewrite#none()} when there is nothing left to do. What is worth telling the user goes to
   * the report of {@code context}.
   */
  Rewrite rewrite(Graph graph, PassContext context);
}
