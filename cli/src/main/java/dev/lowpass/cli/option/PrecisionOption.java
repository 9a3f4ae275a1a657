package dev.lowpass.cli.option;

import dev.lowpass.codegen.PrecisionChoice;
import dev.lowpass.ir.LowpassException;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** In which numbers products multiply. */
public final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      defaultValue = "f32",
      completionCandidates = Precisions.class,
      description =
          "What products multiply in, one of ${COMPLETION-CANDIDATES}: bf16 is twice as fast or more on processors that"
              + " have it, and answers differ a little; cuda has fp16 and tf32 besides, which differ less; auto takes what is"
              + " fast where answers hardly differ. Default ${DEFAULT-VALUE}.")
  private String precision = "f32";

  /**
   * What is asked for.
   *
   * @throws LowpassException LP7028 for one that there is not
   */
  public PrecisionChoice precision() {
    return PrecisionChoice.of(precision)
        .orElseThrow(
            () ->
                new LowpassException(
                    "LP7028", "--precision", precision + " is none; there are " + String.join(", ", new Precisions())));
  }

  /** All that {@code --precision} takes. */
  public static final class Precisions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(PrecisionChoice.values()).map(PrecisionChoice::word).iterator();
    }
  }
}
