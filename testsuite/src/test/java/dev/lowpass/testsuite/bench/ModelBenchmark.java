package dev.lowpass.testsuite.bench;

import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.SeededTensors;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Some inferences of one artifact in turn with ONNX Runtime's, which {@link PeerProfiler} measures. Short bursts between
 * pauses: on a busy machine, workers that go on for long lose their cores, and then wait for each other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, batchSize = PeerProfiler.CALLS)
@Measurement(iterations = 60, batchSize = PeerProfiler.CALLS)
@Fork(1)
public class ModelBenchmark {
  /** The artifact's file. */
  @Param("")
  public String artifact = "";

  /** The file of the model that it was compiled from. */
  @Param("")
  public String onnx = "";

  /** Workers of both engines. */
  @Param("1")
  public int threads = 1;

  private Engine engine;
  private Runnable inference;

  @Setup
  public void load() {
    engine = LowpassEngine.load("lowpass", Path.of(artifact), threads);
    inference = engine.bound(SeededTensors.of(engine.inputs()));
  }

  /** Brings the model's data back into the caches that the other engine has used. */
  @Setup(Level.Iteration)
  public void warm() {
    inference.run();
  }

  @Benchmark
  public void inference() {
    inference.run();
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
