package dev.lowpass.codegen;

import java.io.Serial;

/** Rounding moves the answer of a model farther than {@link PrecisionChoice#AUTO} allows. */
final class RoundedTooFar extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  RoundedTooFar(RoundingError error) {
    super("%s, more than %.0g".formatted(error, RoundingError.MOST));
  }
}
