package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tune.LoadedCode;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Session;
import java.util.List;
import java.util.function.DoubleConsumer;

/** A graph, compiled as it stands and loaded, on one thread. */
public final class TimedNetwork implements AutoCloseable {
  private final Graph graph;
  private final Plan plan;
  private final LoadedCode code;
  private final Session session;

  private TimedNetwork(Graph graph, Plan plan, LoadedCode code) {
    this.graph = graph;
    this.plan = plan;
    this.code = code;
    this.session = code.newSession(1);
  }

  /** @param compiled hears which part of the code is compiled, up to 1 */
  public static TimedNetwork of(Graph graph, Backend backend, DoubleConsumer compiled) {
    Plan plan = backend.plan(graph);
    return new TimedNetwork(graph, plan, LoadedCode.of(graph, plan, backend, compiled));
  }

  public Graph graph() {
    return graph;
  }

  public Plan plan() {
    return plan;
  }

  /** Nodes that each step carries out. */
  public List<List<Node>> nodes() {
    return PlanNodes.of(graph, plan);
  }

  /** Microseconds by step: medians of some inferences, in which each step is a call of its own. */
  double[] profile(int runs) {
    return session.profile(runs).steps().stream().mapToDouble(Profile.Step::microseconds).toArray();
  }

  /** Microseconds of one inference. */
  double run() {
    long start = System.nanoTime();
    session.run();
    return (System.nanoTime() - start) / 1e3;
  }

  @Override
  public void close() {
    session.close();
    code.close();
  }
}
