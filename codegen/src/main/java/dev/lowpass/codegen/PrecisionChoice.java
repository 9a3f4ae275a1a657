package dev.lowpass.codegen;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which numbers products multiply, as a user asks for it. */
public enum PrecisionChoice {
  /** In single precision, as the model says. */
  F32,
  /** In bfloat16, whatever that does to the answer. */
  BF16,
  /** In bfloat16 where the target can do that and the answer stays close to that of single precision. */
  AUTO;

  /** As the command line writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The choice that {@code word} names, if it names one. */
  public static Optional<PrecisionChoice> of(String word) {
    return Arrays.stream(values()).filter(choice -> choice.word().equals(word)).findFirst();
  }
}
