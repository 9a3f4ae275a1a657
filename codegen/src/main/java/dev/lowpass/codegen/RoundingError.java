package dev.lowpass.codegen;

import java.io.Serial;

/** Rounding to bfloat16 would move the answer of a model too far. */
final class RoundingError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  RoundingError(String message) {
    super(message);
  }
}
