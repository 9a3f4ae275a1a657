package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.codegen.check.Deviation;
import dev.lowpass.codegen.check.StepCheck;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.precision.RoundProducts;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a compiled model on seeded input and compares it with the float64 reference: every step by itself, then, for all
 * sizes of an artifact, the whole as a program would run it. Compilers of kernels have miscompiled in silence, and passes can be wrong;
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

  /**
   * The same where products round, in steps of the precision: what lies between two of its numbers falls to either side
   * with the last digits of single precision, and in a deep network what falls otherwise is as much as what rounding
   * drops.
   */
  private static final double ROUNDED_STEPS = 5;

  /** Relative L2 error that passes may add: they round folded constants to float32. */
  private static final double PASSES_TOLERANCE = 1e-4;

  /** What single precision leaves open of a number: some ulps. */
  private static final double LAST_DIGITS = 1e-6;

  /** How often numbers are moved by their last digits before a difference counts. */
  private static final int DISTURBANCES = 5;

  private final Compilation compilation;
  private final Map<String, Tensor> inputs;
  private final Map<String, Tensor> outputs;

  /** @param outputs what the steps by themselves made of the inputs */
  private SeededCheck(Compilation compilation, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    this.compilation = compilation;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Checks the steps of a compilation, and what its passes did.
   *
   * @param given the graph that the passes began with
   * @param asked what they were to drop
   * @return what is left to check: the {@link #whole} artifact
   * @throws LowpassException LP4020 where a step differs, LP4021 where the passes changed what is computed
   *     though they were to drop nothing
   */
  static SeededCheck run(Compilation compilation, Graph given, Optional<BandsFile> asked) {
    Map<String, Tensor> inputs = SeededInputs.of(given, SEED);
    Map<String, Tensor> outputs;
    try (Workbench bench = compilation.workbench(MOST_WORKERS)) {
      outputs = StepCheck.run(compilation.graph(), bench, inputs, MOST_WORKERS);
    }
    if (dropsNothing(given, asked)) {
      comparePasses(given, compilation, inputs, outputs);
    }
    return new SeededCheck(compilation, inputs, outputs);
  }

  /**
   * Checks an artifact of which the compilation is a size.
   *
   * @throws LowpassException LP4020 where an output differs
   */
  void whole(Model model) {
    for (int workers = 1; workers <= MOST_WORKERS; workers++) {
      compareWhole(workers, execute(model, workers, inputs), outputs, compilation, inputs);
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

  private static void comparePasses(
      Graph given, Compilation compilation, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Map<String, Tensor> expected = Interpreter.run(given, inputs);
    if (beyond(PASSES_TOLERANCE, outputs, expected).isEmpty()) {
      return;
    }
    // Rounding in a deep network, or wrong? The reference knows no rounding, but for what the passes ask for.
    Map<String, Tensor> lowered = Interpreter.run(RoundProducts.undone(compilation.graph()), inputs);
    for (String output : beyond(PASSES_TOLERANCE, lowered, expected)) {
      if (!isChaotic(output, lowered, expected, given, compilation, inputs)) {
        throw new LowpassException(
            "LP4021",
            output,
            "the passes changed what is computed by more than %.0g (relative L2); please report this"
                .formatted(PASSES_TOLERANCE));
      }
    }
  }

  private static void compareWhole(
      int workers,
      Map<String, Tensor> outputs,
      Map<String, Tensor> expected,
      Compilation compilation,
      Map<String, Tensor> inputs) {
    double tolerance = Math.max(TOLERANCE, ROUNDED_STEPS * compilation.precision().step());
    for (String output : beyond(tolerance, outputs, expected)) {
      if (!isChaotic(output, outputs, expected, compilation.graph(), compilation, inputs)) {
        throw new LowpassException(
            "LP4020",
            output,
            "steps by themselves are right, all of them on %d worker(s) are not, by more than %.0g (relative L2); "
                    .formatted(workers, tolerance)
                + "please report this");
      }
    }
  }

  /** The outputs that differ from what is expected by more than {@code tolerance}, in their order. */
  private static List<String> beyond(
      double tolerance, Map<String, Tensor> outputs, Map<String, Tensor> expected) {
    return expected.keySet().stream()
        .filter(output -> !Deviation.between(outputs.get(output), expected.get(output)).isWithinNorm(tolerance))
        .toList();
  }

  /**
   * Whether the model itself has no answer to its input but rounding: some exponential of differences of huge numbers,
   * say. Where the last digits of the numbers on the way move an output as far as it is off, its being off says nothing
   * of the code.
   *
   * @param graph that gives what is expected
   */
  private static boolean isChaotic(
      String output,
      Map<String, Tensor> outputs,
      Map<String, Tensor> expected,
      Graph graph,
      Compilation compilation,
      Map<String, Tensor> inputs) {
    double found = Deviation.between(outputs.get(output), expected.get(output)).relativeL2();
    for (long seed = 0; seed < DISTURBANCES; seed++) {
      Tensor moved = Interpreter.disturbed(graph, inputs, LAST_DIGITS, seed).get(output);
      double unavoidable = Deviation.between(moved, expected.get(output)).relativeL2();
      // Two of its random answers are about as far from each other as from that which is expected.
      if (found <= 2 * unavoidable) {
        compilation
            .report()
            .remark(
                "output %s: rounding alone moves it by %.2g (relative L2), so that little can be said of its numbers"
                    .formatted(output, unavoidable));
        return true;
      }
    }
    return false;
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
