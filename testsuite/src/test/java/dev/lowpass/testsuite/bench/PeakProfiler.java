package dev.lowpass.testsuite.bench;

import dev.lowpass.codegen.processor.CpuTarget;
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
 * The arithmetic peak of the benchmark's target, measured right before and after each iteration: a machine whose clock
 * changes has changed it for both.
 */
public final class PeakProfiler implements InternalProfiler {
  static final String PEAK = "peak";

  /** Nothing is read here, so the array is small. */
  private static final long BYTES = 1 << 16;

  private @Nullable Ceilings ceilings;
  private double before;

  @Override
  public String getDescription() {
    return "arithmetic peak";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    String target = String.valueOf(benchmark.getParam("target"));
    if (ceilings == null) {
      ceilings = new Ceilings(processor(target), BYTES);
      ceilings.gigaflops();
    }
    before = ceilings.gigaflops();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double peak = ceilings == null ? Double.NaN : (before + ceilings.gigaflops()) / 2;
    return List.of(new ScalarResult(PEAK, peak, "GFLOP/s", AggregationPolicy.AVG));
  }

  private static CpuTarget processor(String target) {
    return CpuTarget.ALL.stream()
        .filter(known -> target.equals("cpu:" + known.name()))
        .findFirst()
        .orElseGet(CpuTarget::ofThisMachine);
  }
}
