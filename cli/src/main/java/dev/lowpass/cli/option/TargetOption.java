package dev.lowpass.cli.option;

import dev.lowpass.codegen.PrecisionChoice;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.ir.LowpassException;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** What to compile for. */
public final class TargetOption {
  @Option(
      names = "--target",
      paramLabel = "TARGET",
      defaultValue = "cpu",
      completionCandidates = Names.class,
      description = "One of ${COMPLETION-CANDIDATES}; cpu is this machine's processor. Default ${DEFAULT-VALUE}.")
  private String target = "cpu";

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      defaultValue = "f32",
      completionCandidates = Precisions.class,
      description =
          "What products multiply in, one of ${COMPLETION-CANDIDATES}: bf16 is twice as fast or more on processors that"
              + " have it, and answers differ a little; auto takes it where they hardly do. Default ${DEFAULT-VALUE}.")
  private String precision = "f32";

  /** @throws LowpassException LP7028 for one that there is not */
  public PrecisionChoice precision() {
    return PrecisionChoice.of(precision)
        .orElseThrow(
            () ->
                new LowpassException(
                    "LP7028", "--precision", precision + " is none; there are " + String.join(", ", new Precisions())));
  }

  /** As the user wrote it. */
  public String target() {
    return target;
  }

  /** All that {@code --precision} takes. */
  public static final class Precisions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(PrecisionChoice.values()).map(PrecisionChoice::word).iterator();
    }
  }

  /** All that {@code --target} takes. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Backends.names().iterator();
    }
  }
}
