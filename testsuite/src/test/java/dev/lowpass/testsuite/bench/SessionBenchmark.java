package dev.lowpass.testsuite.bench;

import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.SessionOptions;
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

/** How long it takes until an inference can run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class SessionBenchmark {
  /** The artifact's file. */
  @Param("")
  public String artifact = "";

  /** Workers of the session. */
  @Param("1")
  public int threads = 1;

  private Model model;

  @Setup
  public void load() {
    model = Model.load(Path.of(artifact));
  }

  /** From the file to a model: every byte is hashed, and the code loaded. */
  @Benchmark
  public void loadModel() {
    Model.load(Path.of(artifact)).close();
  }

  /** From a model to a session that has not run yet. */
  @Benchmark
  public void newSession() {
    model.newSession(SessionOptions.threads(threads)).close();
  }

  @TearDown
  public void close() {
    model.close();
  }
}
