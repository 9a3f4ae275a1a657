package dev.lowpass.cli.learning;

import dev.lowpass.cli.report.DecisionTable;
import dev.lowpass.learn.Candidate;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import dev.lowpass.passes.pass.Report;
import java.util.List;
import java.util.Optional;

/** What the compiler decides about each layer of a candidate. */
final class LayerTable {
  private LayerTable() {}

  static DecisionTable of(SourceNetwork network, Candidate candidate) {
    Report report = new Report();
    PassContext context =
        new PassContext(network.backend().machine(), network.prices(), Optional.of(candidate.bands()), report);
    new PassManager(List.of()).run(Pipelines.standard(), candidate.graph(), context);
    return DecisionTable.of(report.decisions());
  }
}
