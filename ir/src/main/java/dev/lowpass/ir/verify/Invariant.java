package dev.lowpass.ir.verify;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import java.util.List;

/** A statement that holds of every well-formed graph. The name of the implementing class is the statement. */
interface Invariant {
  /** Where {@code graph} breaks this invariant, in the order of its nodes; empty if nowhere. */
  List<LowpassException> violations(Graph graph);
}
