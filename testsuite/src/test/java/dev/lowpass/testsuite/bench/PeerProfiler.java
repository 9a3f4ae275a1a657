package dev.lowpass.testsuite.bench;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.cli.engine.SeededTensors;
import dev.lowpass.runtime.TensorSpec;
import dev.lowpass.runtime.artifact.ArtifactReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * ONNX Runtime's mean time on the model, right before and after each iteration: the two engines take turns on a machine
 * that others slow down.
 */
public final class PeerProfiler implements InternalProfiler {
  static final String PEER = "onnxruntime";

  /** A turn. */
  static final int CALLS = 5;

  private @Nullable Runnable inference;
  private double before;

  @Override
  public String getDescription() {
    return "ONNX Runtime on the same model";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (inference == null) {
      inference = load(benchmark);
      time(inference);
    }
    before = time(inference);
    Interleaved.settle();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double mean = inference == null ? Double.NaN : (before + time(inference)) / 2;
    return List.of(new ScalarResult(PEER, mean, "us/op", AggregationPolicy.AVG));
  }

  private static Runnable load(BenchmarkParams benchmark) {
    try {
      Path artifact = Path.of(benchmark.getParam("artifact"));
      List<TensorSpec> inputs = ArtifactReader.read(artifact, artifact.toString()).manifest().first().inputs();
      String onnx = benchmark.getParam("onnx");
      int threads = Integer.parseInt(benchmark.getParam("threads"));
      return OnnxRuntimeEngine.load("ONNX Runtime", onnx, Files.readAllBytes(Path.of(onnx)), threads)
          .bound(SeededTensors.of(inputs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Microseconds a call; one untimed call first brings its data back into the caches. */
  private static double time(Runnable inference) {
    Interleaved.settle();
    inference.run();
    long start = System.nanoTime();
    for (int call = 0; call < CALLS; call++) {
      inference.run();
    }
    return (System.nanoTime() - start) / 1e3 / CALLS;
  }
}
