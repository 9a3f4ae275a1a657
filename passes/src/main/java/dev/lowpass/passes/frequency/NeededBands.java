package dev.lowpass.passes.frequency;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.ChannelUse;
import dev.lowpass.ir.op.CoefficientUse;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much of a value's coefficients anybody reads: pointwise layers what their bands say, sums and scales what is read
 * of them.
 */
final class NeededBands {
  private final GraphIndex index;
  private final Function<Node, Optional<Bands>> reading;

  /** @param reading what a pointwise layer reads, nothing where it reads all */
  NeededBands(GraphIndex index, Function<Node, Optional<Bands>> reading) {
    this.index = index;
    this.reading = reading;
  }

  /** The bands beyond which nobody reads {@code coefficients}; nothing where somebody may read all. */
  Optional<Bands> of(Value coefficients) {
    if (index.isOutput(coefficients)) {
      return Optional.empty();
    }
    Optional<Bands> union = Optional.of(all(coefficients, 0));
    for (Node user : index.users(coefficients)) {
      Optional<Bands> read = by(user, coefficients);
      union = union.flatMap(bands -> read.map(more -> Bands.union(bands, more)));
    }
    return union;
  }

  private Optional<Bands> by(Node user, Value coefficients) {
    if (user.op() instanceof Pointwise) {
      return reading.apply(user);
    }
    return switch (user.coefficients()) {
      case CoefficientUse.Commutes _ when user.channels() == ChannelUse.BROADCAST -> of(user.result());
      case CoefficientUse.Dc _ -> Optional.of(all(coefficients, 1));
      case CoefficientUse.Commutes _, CoefficientUse.None _ -> Optional.empty();
    };
  }

  private static Bands all(Value value, int longest) {
    return Bands.full(value.type().shape().dim(1), longest);
  }
}
