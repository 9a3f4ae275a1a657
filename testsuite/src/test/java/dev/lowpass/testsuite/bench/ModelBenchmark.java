package dev.lowpass.testsuite.bench;

import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.SeededTensors;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Inferences of one artifact; {@link PeerProfiler} measures ONNX Runtime between the iterations. Each call is a sample:
 * workers that wait for one that has lost its core to a neighbour make means meaningless.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 60, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 60, timeUnit = TimeUnit.MILLISECONDS)
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

  @Benchmark
  public void inference() {
    inference.run();
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
