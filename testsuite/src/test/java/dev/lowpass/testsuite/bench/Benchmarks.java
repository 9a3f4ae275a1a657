package dev.lowpass.testsuite.bench;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.plan.StepWork;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.runtime.Model;
import dev.lowpass.testsuite.model.SharedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints a line each. The build does not run this class: it is asked for by name ({@code
 * -Dtest=Benchmarks}), {@code -Dtest=Benchmarks#kernels} for one part. {@code -Donly=block} keeps what has that in its
 * name, {@code -Dtarget=cpu:x86-64-v3} compiles for another target.
 */
class Benchmarks {
  private static final String TARGET = System.getProperty("target", "cpu");
  private static final String ONLY = System.getProperty("only", "").toLowerCase(Locale.ROOT);

  @TempDir
  Path folder;

  /** Each kernel's time, rate, and part of the arithmetic peak that was measured around each of its iterations. */
  @Test
  void kernels() throws RunnerException {
    print("%-16s %-36s %10s %9s %9s %8s", "kernel", "step", "us", "GFLOP/s", "peak", "of peak");
    for (String kernel : names()) {
      Graph graph = KernelCase.valueOf(kernel).graph();
      Step step = StepCall.heaviest(graph);
      double flops = StepWork.of(step).flops();
      RunResult result =
          run(
                  new OptionsBuilder()
                      .include(name(KernelBenchmark.class))
                      .param("kernel", kernel)
                      .param("target", TARGET)
                      .addProfiler(PeakProfiler.class))
              .getFirst();
      double microseconds = median(result, Benchmarks::score);
      double peak = median(result, iteration -> secondary(iteration, PeakProfiler.PEAK));
      double share =
          median(result, iteration -> flops / score(iteration) / 1e3 / secondary(iteration, PeakProfiler.PEAK));
      print(
          "%-16s %-36s %10.1f %9.1f %9.1f %8.3f",
          kernel.toLowerCase(Locale.ROOT),
          step.kind(),
          microseconds,
          flops / microseconds / 1e3,
          peak,
          share);
    }
  }

  /** Each model's time beside ONNX Runtime's, and the median ratio of neighbouring iterations. */
  @Test
  void models() throws IOException, RunnerException {
    List<ModelCase> here = new ArrayList<>();
    for (ModelCase model : ModelCase.ALL) {
      if (isAskedFor(model.label()) && model.isHere()) {
        here.add(model);
      }
    }
    print("%-32s %8s %12s %15s %8s", "model", "threads", "lowpass us", "onnxruntime us", "ratio");
    for (ModelCase model : here) {
      Path onnx = model.onnx(folder);
      Path artifact = folder.resolve("model.lowpass");
      model.compile(onnx, TARGET).writeTo(artifact);
      for (int threads = 1; threads <= Math.min(2, Runtime.getRuntime().availableProcessors()); threads++) {
        RunResult result =
            run(
                    new OptionsBuilder()
                        .include(name(ModelBenchmark.class))
                        .param("artifact", artifact.toString())
                        .param("onnx", onnx.toString())
                        .param("threads", "" + threads)
                        .addProfiler(PeerProfiler.class))
                .getFirst();
        print(
            "%-32s %8d %12.0f %15.0f %8.3f",
            model.label(),
            threads,
            median(result, Benchmarks::call),
            median(result, iteration -> secondary(iteration, PeerProfiler.PEER)),
            median(result, iteration -> call(iteration) / secondary(iteration, PeerProfiler.PEER)));
      }
    }
  }

  /** What comes before the first inference. */
  @Test
  void sessions() throws IOException, RunnerException {
    assumeTrue(ModelCase.MOBILENET_V2.isHere(), SharedFolder.ABSENT);
    Path artifact = folder.resolve("model.lowpass");
    ModelCase.MOBILENET_V2.compile(ModelCase.MOBILENET_V2.onnx(folder), TARGET).writeTo(artifact);
    long start = System.nanoTime();
    Model model = Model.load(artifact);
    long loaded = System.nanoTime();
    model.newSession().close();
    long end = System.nanoTime();
    model.close();
    print("%-24s %10s", "MobileNetV2", "median us");
    print("%-24s %10.0f", "first load in this JVM", (loaded - start) / 1e3);
    print("%-24s %10.0f", "first session in this JVM", (end - loaded) / 1e3);
    ChainedOptionsBuilder options =
        new OptionsBuilder().include(name(SessionBenchmark.class)).param("artifact", artifact.toString());
    for (RunResult result : run(options.param("threads", "1", "2"))) {
      String method = result.getPrimaryResult().getLabel();
      String threads = result.getParams().getParam("threads");
      double median = result.getPrimaryResult().getStatistics().getPercentile(50);
      print("%-24s %10.0f", method + ", threads " + threads, median);
    }
  }

  private static List<String> names() {
    return Arrays.stream(KernelCase.values())
        .filter(kernel -> kernel != KernelCase.TINY)
        .map(KernelCase::name)
        .filter(Benchmarks::isAskedFor)
        .toList();
  }

  private static boolean isAskedFor(String name) {
    return name.toLowerCase(Locale.ROOT).contains(ONLY);
  }

  private static String name(Class<?> benchmark) {
    return "\\." + benchmark.getSimpleName() + "\\.";
  }

  private static List<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.verbosity(VerboseMode.SILENT).shouldFailOnError(true).build())
        .run().stream()
        .sorted(Comparator.comparing(result -> result.getParams().id()))
        .toList();
  }

  private static double score(IterationResult iteration) {
    return iteration.getPrimaryResult().getScore();
  }

  /** Of one of the calls that make up an iteration. */
  private static double call(IterationResult iteration) {
    return score(iteration) / PeerProfiler.CALLS;
  }

  private static double secondary(IterationResult iteration, String label) {
    Result<?> result = iteration.getSecondaryResults().get(label);
    return result.getScore();
  }

  private static double median(RunResult result, ToDoubleFunction<IterationResult> value) {
    double[] values =
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(iterations -> iterations.stream())
            .mapToDouble(value)
            .sorted()
            .toArray();
    return values[values.length / 2];
  }

  private static void print(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
