package dev.lowpass.testsuite.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.plan.step.ProductStep;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks rot unseen, since nobody runs them with the tests: the smallest of them, once, in this JVM. */
class BenchmarksStartTest {
  @Test
  void projectionsReadMapsWithZeros() {
    for (KernelCase kernel : List.of(KernelCase.PROJECTION_14, KernelCase.PROJECTION_7)) {
      assertThat(StepCall.heaviest(kernel.graph()))
          .isInstanceOfSatisfying(ProductStep.class, product -> assertThat(product.zeros()).isTrue());
    }
  }

  @Test
  void aKernelBenchmarkRunsBesideThePeak() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(KernelBenchmark.class.getSimpleName())
            .param("kernel", KernelCase.TINY.name())
            .addProfiler(PeakProfiler.class)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    assertThat(results).singleElement().satisfies(result -> {
      assertThat(result.getPrimaryResult().getScore()).isPositive();
      assertThat(result.getSecondaryResults()).containsKey(PeakProfiler.PEAK);
    });
  }
}
