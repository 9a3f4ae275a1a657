package dev.lowpass.codegen;

import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.Difference;
import dev.lowpass.ir.interpreter.Interpreter;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a compiled model once on seeded input and compares it with the float64 reference. Compilers of kernels have
 * miscompiled in silence; an artifact that computes something else is never written.
 */
final class SeededCheck {
  private static final long SEED = 1;

  /** Relative L2 error that float32 sums may have in a deep network; a miscompiled kernel is far beyond. */
  private static final double TOLERANCE = 1e-3;

  private SeededCheck() {}

  /** @throws LowpassException LP4020 where an output differs */
  static void run(Compilation compilation) {
    Map<String, Tensor> inputs = SeededInputs.of(compilation.graph(), SEED);
    Map<String, Tensor> expected = Interpreter.run(compilation.graph(), inputs);
    // One worker and several do not run the same code everywhere.
    execute(compilation, inputs).forEach(actual -> compare(expected, actual));
  }

  private static void compare(Map<String, Tensor> expected, Map<String, float[]> actual) {
    expected.forEach(
        (name, tensor) -> {
          Difference difference = Difference.between(Tensor.of(actual.get(name), tensor.shape()), tensor);
          if (!difference.isWithin(TOLERANCE)) {
            throw new LowpassException(
                "LP4020",
                name,
                "the compiled code differs from the reference by %.2g (relative L2), more than %.0g; please report this"
                    .formatted(difference.relativeL2(), TOLERANCE));
          }
        });
  }

  private static List<Map<String, float[]>> execute(Compilation compilation, Map<String, Tensor> inputs) {
    try {
      try (TemporaryFolder folder = TemporaryFolder.create("check")) {
        Path file = folder.path().resolve("check.lowpass");
        compilation.writeTo(file);
        try (Model model = Model.load(file)) {
          return List.of(execute(model, 1, inputs), execute(model, 2, inputs));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, float[]> execute(Model model, int threads, Map<String, Tensor> inputs) {
    try (Session session = model.newSession(SessionOptions.threads(threads))) {
      Map<String, dev.lowpass.runtime.Tensor> given = new LinkedHashMap<>();
      inputs.forEach(
          (name, tensor) ->
              given.put(
                  name,
                  dev.lowpass.runtime.Tensor.of(
                      tensor.floats(), tensor.shape().dims().stream().mapToLong(Integer::longValue).toArray())));
      Map<String, float[]> results = new LinkedHashMap<>();
      session.run(given).forEach((name, tensor) -> results.put(name, tensor.floats()));
      return results;
    }
  }
}
