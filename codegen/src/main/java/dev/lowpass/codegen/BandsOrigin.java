package dev.lowpass.codegen;

import dev.lowpass.ir.bands.BandsFile;
import java.util.Optional;

/** Where a compilation has its thresholds from. */
public sealed interface BandsOrigin {
  /** From the model's metadata, if they say any. */
  record OfModel() implements BandsOrigin {}

  /** From the user. */
  record Given(BandsFile bands) implements BandsOrigin {}

  /** From nowhere: all layers stay dense. */
  record None() implements BandsOrigin {}

  /** The thresholds, where {@code own} are those of the model. */
  default Optional<BandsFile> resolve(Optional<BandsFile> own) {
    return switch (this) {
      case OfModel _ -> own;
      case Given given -> Optional.of(given.bands);
      case None _ -> Optional.empty();
    };
  }
}
