package dev.lowpass.ir.op;

import dev.lowpass.ir.Bands;
import java.util.Optional;

/** An operator that cuts off coefficients beyond a band of each channel of its first operand. */
public sealed interface Truncating permits Pointwise, Dct {
  /** What is kept; nothing where all is. */
  Optional<Bands> keep();

  /** The same operator with other bands. */
  Op withKeep(Bands keep);
}
