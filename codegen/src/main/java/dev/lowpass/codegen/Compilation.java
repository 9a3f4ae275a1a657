package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.MemorySummary;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.artifact.Manifest;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;

/**
 * A model compiled for one size of inputs, ready to be written.
 *
 * @param graph after all passes; the kernels carry it out exactly
 * @param code the kernels
 * @param report decisions by layer and remarks
 * @param prices by which the forms of layers were chosen
 * @param tuning how each kernel's form was found
 * @param manifest what the artifact says of itself
 * @param files beside the model that hold data of its tensors: what was compiled depends on them, too
 */
public record Compilation(
    Graph graph,
    CompiledPlan code,
    Report report,
    PricedModel prices,
    List<String> tuning,
    Manifest manifest,
    List<Path> files) {
  public Compilation {
    tuning = List.copyOf(tuning);
    files = List.copyOf(files);
  }

  /** The kernels' order and their memory. */
  public Plan plan() {
    return code.plan();
  }

  /** In which products multiply, those of few channels aside. */
  public Precision precision() {
    return code.backend().machine().precision();
  }

  /** One line a kernel, in order of execution: its layer and what it is. */
  public List<String> kernels() {
    return plan().steps().stream().map(step -> step.name() + ": " + step.kind()).toList();
  }

  /** What an inference needs. */
  public MemorySummary memory() {
    return code.memory();
  }

  /**
   * Writes an artifact for this size alone; the file appears complete or not at all.
   *
   * @throws dev.lowpass.ir.LowpassException if the file cannot be written
   */
  public void writeTo(Path artifact) {
    writeTo(artifact, Optional.empty());
  }

  /**
   * Writes it with the signature of {@code signer}, if there is one: keys of Ed25519.
   *
   * @throws dev.lowpass.ir.LowpassException if the file cannot be written
   */
  public void writeTo(Path artifact, Optional<KeyPair> signer) {
    new CompiledSizes(List.of(this)).writeTo(artifact, signer);
  }


  /**
   * The compiled code with memory that can be looked into, for checks and tests.
   *
   * @param workers how many a run will have at most
   */
  public Workbench workbench(int workers) {
    return new Workbench(code, workers);
  }
}
