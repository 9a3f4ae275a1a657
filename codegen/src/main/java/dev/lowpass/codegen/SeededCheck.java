package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.codegen.check.Deviation;
import dev.lowpass.codegen.check.StepCheck;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a compiled model on seeded input and compares it with the float64 reference: every step by itself, then the
 * whole artifact as a program would run it. Compilers of kernels have miscompiled in silence, and passes can be wrong;
 * an artifact that computes something else is never written.
 */
final class SeededCheck {
  private static final long SEED = 1;

  /** One worker and several do not run the same code everywhere. */
  private static final int MOST_WORKERS = Math.min(2, Runtime.getRuntime().availableProcessors());

  /**
   * Relative L2 error that float32 sums may have in a deep network. What is wrong with one step was found before; a
   * wrong order or a place in memory that two values share is far beyond.
   */
  private static final double TOLERANCE = 1e-3;

  /** Relative L2 error that passes may add: they round folded constants to float32. */
  private static final double PASSES_TOLERANCE = 1e-4;

  private SeededCheck() {}

  /**
   * Checks a compilation.
   *
   * @param given the graph that the passes began with
   * @param asked what they were to drop
   * @throws LowpassException LP4020 where a step or an output differs, LP4021 where the passes changed what is computed
   *     though they were to drop nothing
   */
  static void run(Compilation compilation, Graph given, Optional<BandsFile> asked) {
    Map<String, Tensor> inputs = SeededInputs.of(given, SEED);
    Map<String, Tensor> outputs;
    try (Workbench bench = compilation.workbench(MOST_WORKERS)) {
      outputs = StepCheck.run(compilation.graph(), bench, inputs, MOST_WORKERS);
    }
    if (dropsNothing(given, asked)) {
      comparePasses(given, compilation.graph(), inputs, outputs);
    }
    try {
      try (TemporaryFolder folder = TemporaryFolder.create("check")) {
        Path file = folder.path().resolve("check.lowpass");
        compilation.writeTo(file);
        try (Model model = Model.load(file)) {
          for (int workers = 1; workers <= MOST_WORKERS; workers++) {
            compareWhole(workers, execute(model, workers, inputs), outputs);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean dropsNothing(Graph given, Optional<BandsFile> asked) {
    return asked.stream().flatMap(bands -> bands.layers().values().stream()).allMatch(SeededCheck::isFull)
        && given.nodes().stream().allMatch(SeededCheck::keepsAll);
  }

  private static boolean keepsAll(Node node) {
    return !(node.op() instanceof Pointwise product) || product.limit().stream().allMatch(SeededCheck::isFull);
  }

  private static boolean isFull(BandLimit limit) {
    return limit.keep().isFull(limit.block().size());
  }

  private static void comparePasses(Graph given, Graph lowered, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Map<String, Tensor> expected = Interpreter.run(given, inputs);
    if (firstBeyond(PASSES_TOLERANCE, outputs, expected).isEmpty()) {
      return;
    }
    // Rounding in a deep network, or wrong? The reference knows no rounding.
    firstBeyond(PASSES_TOLERANCE, Interpreter.run(lowered, inputs), expected)
        .ifPresent(
            output -> {
              throw new LowpassException(
                  "LP4021",
                  output,
                  "the passes changed what is computed by more than %.0g (relative L2); please report this"
                      .formatted(PASSES_TOLERANCE));
            });
  }

  private static void compareWhole(
      int workers, Map<String, Tensor> outputs, Map<String, Tensor> expected) {
    firstBeyond(TOLERANCE, outputs, expected)
        .ifPresent(
            output -> {
              throw new LowpassException(
                  "LP4020",
                  output,
                  "steps by themselves are right, all of them on %d worker(s) are not, by more than %.0g (relative L2); "
                          .formatted(workers, TOLERANCE)
                      + "please report this");
            });
  }

  private static Optional<String> firstBeyond(
      double tolerance, Map<String, Tensor> outputs, Map<String, Tensor> expected) {
    return expected.entrySet().stream()
        .filter(output -> !Deviation.between(outputs.get(output.getKey()), output.getValue()).isWithinNorm(tolerance))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, Tensor> execute(Model model, int workers, Map<String, Tensor> inputs) {
    try (Session session = model.newSession(SessionOptions.threads(workers))) {
      Map<String, dev.lowpass.runtime.Tensor> given = new LinkedHashMap<>();
      inputs.forEach((name, tensor) -> given.put(name, Tensors.of(tensor)));
      Map<String, Tensor> results = new LinkedHashMap<>();
      session.run(given).forEach((name, tensor) -> results.put(name, Tensors.of(tensor)));
      return results;
    }
  }
}
