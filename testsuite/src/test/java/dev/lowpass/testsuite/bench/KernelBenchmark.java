package dev.lowpass.testsuite.bench;

import java.io.IOException;
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
 * One step again and again: what a kernel does when its weights and data are as near as they can be. Projections read a
 * map that a clip made, of which 65 % is zero, as in the middle of MobileNetV2; multiplications by zero that they leave
 * out are counted as work nevertheless, so that their rate may exceed the peak.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class KernelBenchmark {
  /** A {@link KernelCase}. */
  @Param({
    "PROJECTION_14",
    "PROJECTION_7",
    "LAST_7",
    "CLASSIFIER",
    "BANDED_14",
    "BANDED_7",
    "DEPTHWISE_14",
    "DEPTHWISE_7",
    "SPECTRAL_14",
    "SPECTRAL_7",
    "BLOCK_56",
    "BLOCK_28",
    "STEM_112",
    "PICTURE_192"
  })
  public String kernel = "TINY";

  /** As {@code compile --target} takes it. */
  @Param("cpu")
  public String target = "cpu";

  private StepCall call;

  @Setup
  public void compile() throws IOException {
    call = StepCall.of(KernelCase.valueOf(kernel).graph(), target);
  }

  @Benchmark
  public void step() {
    call.run();
  }

  @TearDown
  public void close() {
    call.close();
  }
}
