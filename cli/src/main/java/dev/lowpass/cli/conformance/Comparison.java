package dev.lowpass.cli.conformance;

import dev.lowpass.cli.data.Tensors;
import dev.lowpass.runtime.Tensor;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * When two tensors count as equal. Integers must be the same. Floating-point numbers must be within the tolerances of
 * ONNX's own test runner, |a - b| ≤ 1e-7 + 1e-3 |b|, or differ by at most {@code tolerance} in relative L2 norm; what
 * is not finite must be the same.
 */
public record Comparison(double tolerance) {
  private static final double ABSOLUTE = 1e-7;
  private static final double RELATIVE = 1e-3;

  /** What is wrong with {@code actual}, or nothing. */
  public Optional<String> difference(Tensor actual, Tensor expected) {
    if (!actual.shape().equals(expected.shape()) || actual.type() != expected.type()) {
      return Optional.of("is " + actual + ", expected " + expected);
    }
    IntToDoubleFunction a = Tensors.elements(actual);
    IntToDoubleFunction b = Tensors.elements(expected);
    boolean exact =
        switch (expected.type()) {
          case F32, F64, F16, BF16 -> false;
          case I8, U8, I16, U16, I32, U32, I64, U64, BOOL -> true;
        };
    double difference = 0;
    double norm = 0;
    boolean close = true;
    for (int i = 0; i < expected.elements(); i++) {
      double x = a.applyAsDouble(i);
      double y = b.applyAsDouble(i);
      if (exact || !Double.isFinite(x) || !Double.isFinite(y)) {
        if (Double.compare(x, y) != 0) {
          return Optional.of("element %d is %s, expected %s".formatted(i, x, y));
        }
      } else {
        difference += (x - y) * (x - y);
        norm += y * y;
        close &= Math.abs(x - y) <= ABSOLUTE + RELATIVE * Math.abs(y);
      }
    }
    if (close || Math.sqrt(difference) <= tolerance * Math.sqrt(norm)) {
      return Optional.empty();
    }
    double relative = Math.sqrt(difference / norm);
    return Optional.of(
        String.format(Locale.ROOT, "differs by %.3g relative L2, tolerated %.3g", relative, tolerance));
  }
}
