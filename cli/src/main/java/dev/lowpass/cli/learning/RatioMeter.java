package dev.lowpass.cli.learning;

import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.codegen.BandsOrigin;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.learn.Candidate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures candidates against the dense model, which is compiled once.
 *
 * <p>Closing it deletes its artifacts.
 */
public final class RatioMeter implements AutoCloseable {
  private final SourceNetwork network;
  private final Sample sample;
  private final int threads;
  private final Measurement measurement;
  private final Progress progress;
  private final TemporaryFolder folder;
  private final Path dense;

  private RatioMeter(
      SourceNetwork network,
      Sample sample,
      int threads,
      Measurement measurement,
      Progress progress,
      TemporaryFolder folder) {
    this.network = network;
    this.sample = sample;
    this.threads = threads;
    this.measurement = measurement;
    this.progress = progress;
    this.folder = folder;
    this.dense = folder.path().resolve("dense.lowpass");
  }

  /**
   * A meter that runs everything on {@code sample}.
   *
   * @param threads of each model
   */
  public static RatioMeter of(
      SourceNetwork network, Sample sample, int threads, Measurement measurement, Progress progress)
      throws IOException {
    TemporaryFolder folder = TemporaryFolder.create("measure");
    RatioMeter meter = new RatioMeter(network, sample, threads, measurement, progress, folder);
    try {
      meter.compile(network.file(), network.options(), "dense", meter.dense);
      return meter;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Measured time of {@code candidate} by the dense model's. */
  double ratio(Candidate candidate) throws IOException {
    return ratio(candidate.graph(), candidate.bands());
  }

  /** Measured time of {@code graph} with {@code bands} by the dense model's. */
  double ratio(Graph graph, BandsFile bands) throws IOException {
    Path onnx = folder.path().resolve("candidate.onnx");
    Path artifact = folder.path().resolve("candidate.lowpass");
    network.write(graph, bands, onnx);
    compile(onnx, network.options().withBands(new BandsOrigin.OfModel()), "candidate", artifact);
    List<Engine> engines = new ArrayList<>();
    try {
      engines.add(LowpassEngine.load("dense", dense, threads));
      engines.add(LowpassEngine.load("candidate", artifact, threads));
      progress.stage("measure", 0, 1);
      List<Latency> latencies = measurement.of(engines, sample);
      return latencies.get(1).ratioTo(latencies.get(0));
    } finally {
      engines.forEach(Engine::close);
    }
  }

  /** Unchecked: whatever is kept is compiled again, and checked then. */
  private void compile(Path model, CompileOptions options, String name, Path artifact) {
    Progress named = (stage, done, total) -> progress.stage("compile " + name + ": " + stage, done, total);
    new Compiler().compile(model, options.withCheck(false), named).writeTo(artifact);
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
