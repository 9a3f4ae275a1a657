package dev.lowpass.ir.op;

import dev.lowpass.ir.TensorType;
import java.util.Optional;

/** Puts elements elsewhere, leaves some out or adds constant ones, and computes nothing. */
public sealed interface Rearrangement extends Op
    permits Pad, Concat, ChannelGather, Slice, Expand, Transpose, Reshape, DepthToSpace {
  /** Whether the result is the only operand, which has type {@code input}. */
  boolean movesNothing(TensorType input);

  /** The one operator that does what {@code earlier} and then this one do; nothing where none is known. */
  Optional<Rearrangement> after(Rearrangement earlier);
}
