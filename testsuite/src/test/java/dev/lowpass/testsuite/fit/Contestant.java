package dev.lowpass.testsuite.fit;

import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A graph with the artifact that was made of it, on one thread, ready to be measured. */
record Contestant(Graph graph, Plan plan, LowpassEngine engine) implements AutoCloseable {
  /**
   * Compiles {@code graph} as it is into {@code artifact}, unless that is there already.
   *
   * @param target as the command takes it
   */
  static Contestant of(Graph graph, String target, Path artifact) throws IOException {
    if (!Files.exists(artifact)) {
      CompileOptions asIs =
          CompileOptions.defaults().withTarget(target).withCheck(false).withPipeline("");
      new Compiler().compile(graph, asIs, Progress.silent()).writeTo(artifact);
    }
    Plan plan = Backends.parse(target).plan(graph);
    return new Contestant(graph, plan, LowpassEngine.load(artifact.getFileName().toString(), artifact, 1));
  }

  /** Nodes that each step carries out. */
  List<List<Node>> nodes() {
    return PlanNodes.of(graph, plan);
  }

  @Override
  public void close() {
    engine.close();
  }
}
