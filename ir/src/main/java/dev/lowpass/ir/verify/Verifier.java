package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import java.util.List;

/** Says whether a graph is well formed. Runs after the import and after every pass. */
public final class Verifier {
  /**
   * In the order in which a reader would want to hear of them: names, then definitions, then types, then what types are
   * about.
   */
  private static final List<Invariant> INVARIANTS =
      List.of(
          new InputsAreNamedOnce(),
          new NamesAreUnique(),
          new OperandsAreDefinedBeforeUse(),
          new OutputsAreDefined(),
          new OutputsAreNamedOnce(),
          new OperandsHaveTheirDefinedTypes(),
          new ElementwiseOperandsAreSpatial(),
          new CoefficientsShareOneGrid(),
          new BandsFitBlocks(),
          new BandsFitChannels(),
          new TypesMatchInference());

  private Verifier() {}

  /**
   * Checks all invariants.
   *
   * @throws LowpassException LP22xx at the node, input or output of the first violation, saying both sides
   */
  public static void verify(Graph graph) {
    for (Invariant invariant : INVARIANTS) {
      for (LowpassException violation : invariant.violations(graph)) {
        throw violation;
      }
    }
  }

  /** All violations of {@code graph}, invariant by invariant; one mistake may break several. */
  public static List<LowpassException> violations(Graph graph) {
    return INVARIANTS.stream().flatMap(invariant -> invariant.violations(graph).stream()).toList();
  }
}
