package dev.lowpass.passes.pass;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.verify.Verifier;

/** Verifies the graph after every change, so that a malformed one is blamed on the pass that made it. */
public record VerifyEach() implements PassListener {
  @Override
  public void applied(Pass pass, Graph graph) {
    try {
      Verifier.verify(graph);
    } catch (LowpassException e) {
      String message = e.getMessage().substring((e.code() + " " + e.place() + ": ").length());
      throw new LowpassException(e.code(), e.place(), message + " (after " + pass.name() + ")", e);
    }
  }
}
