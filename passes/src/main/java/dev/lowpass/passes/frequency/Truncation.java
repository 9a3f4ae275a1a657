package dev.lowpass.passes.frequency;

import dev.lowpass.ir.BandLimit;
import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.ir.op.Dct;
import dev.lowpass.ir.op.Pointwise;
import dev.lowpass.passes.pass.GraphIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes over what a truncated transform cut off: when other coefficients take a transform's place, its readers must go
 * on reading zeros beyond its bands. A pointwise reader does so by its own limit; nobody else can.
 */
final class Truncation {
  private Truncation() {}

  /**
   * The readers of {@code transform}, a dct node, redefined to read {@code coefficients} and see the same numbers.
   * Empty list where redirecting uses is enough; nothing where a reader cannot truncate by itself.
   */
  static Optional<List<Node>> intoReaders(GraphIndex index, Node transform, Value coefficients) {
    Dct dct = (Dct) transform.op();
    if (dct.keep().isEmpty() || dct.keep().get().covers(coefficients.type().frequency().bands())) {
      return Optional.of(List.of());
    }
    if (index.isOutput(transform.result())) {
      return Optional.empty();
    }
    BandLimit cut = new BandLimit(dct.block(), dct.order(), dct.keep().get());
    List<Node> redefined = new ArrayList<>();
    for (Node reader : index.users(transform.result())) {
      if (!(reader.op() instanceof Pointwise pointwise)) {
        return Optional.empty();
      }
      BandLimit limit =
          pointwise.limit().map(own -> own.withKeep(Bands.intersection(own.keep(), cut.keep()))).orElse(cut);
      List<Value> operands = new ArrayList<>(reader.operands());
      operands.set(0, coefficients);
      redefined.add(Node.of(reader.name(), pointwise.with(Optional.of(limit)), operands, reader.location()));
    }
    return Optional.of(redefined);
  }

  /** The transform with {@code keep} as its truncation, none where that keeps all. */
  static Dct keeping(Dct dct, Bands keep) {
    boolean whole = keep.isFull(dct.block().size());
    return new Dct(dct.block(), dct.order(), whole ? Optional.empty() : Optional.of(keep));
  }

  /** Whether nothing is known to be zero. */
  static boolean isWhole(Domain.Frequency frequency) {
    return frequency.bands().isFull(frequency.block().size());
  }
}
