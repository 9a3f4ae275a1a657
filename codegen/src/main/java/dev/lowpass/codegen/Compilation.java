package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.ArtifactWriter;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tune.TuningResult;
import dev.lowpass.ir.Graph;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.Device;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A compiled model, ready to be written. */
public final class Compilation {
  private final Graph graph;
  private final Plan plan;
  private final Report report;
  private final TuningResult tuned;
  private final Manifest manifest;
  private final MemorySummary memory;
  private final Library library;
  private final byte[] code;

  Compilation(
      Graph graph,
      Plan plan,
      Report report,
      TuningResult tuned,
      Manifest manifest,
      MemorySummary memory,
      Library library,
      byte[] code) {
    this.graph = graph;
    this.plan = plan;
    this.report = report;
    this.tuned = tuned;
    this.manifest = manifest;
    this.memory = memory;
    this.library = library;
    this.code = code;
  }

  /** The graph after all passes, which the kernels carry out exactly. */
  public Graph graph() {
    return graph;
  }

  /** The kernels and their memory. */
  public Plan plan() {
    return plan;
  }

  /** Decisions by layer and remarks. */
  public Report report() {
    return report;
  }

  /** How each kernel's form was found. */
  public List<String> tuning() {
    return tuned.remarks();
  }

  /** One line a kernel, in order of execution: its layer and what it is. */
  public List<String> kernels() {
    return plan.steps().stream().map(step -> step.name() + ": " + step.kind()).toList();
  }

  public MemorySummary memory() {
    return memory;
  }

  public Manifest manifest() {
    return manifest;
  }

  /**
   * Writes the artifact; the file appears complete or not at all.
   *
   * @throws dev.lowpass.ir.LowpassException if the file cannot be written
   */
  public void writeTo(Path artifact) {
    ArtifactWriter.write(artifact, manifest, code, ByteBuffer.wrap(library.parameters()));
  }

  /**
   * The compiled code with memory that can be looked into, for checks and tests.
   *
   * @param workers how many a run will have at most
   */
  public Workbench workbench(int workers) {
    Device device =
        switch (manifest.target().device()) {
          case "opencl" -> Device.OPENCL;
          default -> Device.CPU;
        };
    return new Workbench(plan, library, code, device, workers);
  }
}
