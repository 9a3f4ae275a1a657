package dev.lowpass.codegen;

import dev.lowpass.ir.Precision;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which numbers products multiply, as a user asks for it. */
public enum PrecisionChoice {
  /** In single precision, as the model says. */
  F32(Precision.FLOAT32),
  /** In TF32, whatever that does to the answer. */
  TF32(Precision.TF32),
  /** In float16, whatever that does to the answer. */
  FP16(Precision.FLOAT16),
  /** In bfloat16, whatever that does to the answer. */
  BF16(Precision.BFLOAT16),
  /** In the fastest that the target can do and that leaves the answer close to that of single precision. */
  AUTO;

  private final Optional<Precision> precision;

  PrecisionChoice(Precision precision) {
    this.precision = Optional.of(precision);
  }

  PrecisionChoice() {
    this.precision = Optional.empty();
  }

  /** The one that is insisted on, if one is. */
  public Optional<Precision> precision() {
    return precision;
  }

  /** As the command line writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The choice that {@code word} names, if it names one. */
  public static Optional<PrecisionChoice> of(String word) {
    return Arrays.stream(values()).filter(choice -> choice.word().equals(word)).findFirst();
  }
}
