package dev.lowpass.testsuite.fit;

import dev.lowpass.passes.frequency.CostTerm;
import dev.lowpass.passes.frequency.MachineModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A cost model and what the program around it adds.
 *
 * @param call microseconds that calling a step by itself takes; no part of an inference
 */
record FittedModel(MachineModel model, double call) {
  /** The model that predicts {@code observations} best. */
  static FittedModel to(List<Observation> observations) {
    double[] prices = RelativeFit.solve(observations.stream().map(FittedModel::row).toArray(double[][]::new));
    int terms = CostTerm.values().length;
    return new FittedModel(MachineModel.of("", Arrays.copyOf(prices, terms)), prices[terms]);
  }

  /** Amounts of all terms, then one call, by measured time. */
  private static double[] row(Observation seen) {
    CostTerm[] terms = CostTerm.values();
    double[] row = new double[terms.length + 1];
    for (CostTerm term : terms) {
      row[term.ordinal()] = seen.amount(term) / seen.microseconds();
    }
    row[terms.length] = 1 / seen.microseconds();
    return row;
  }

  double error(Observation seen) {
    return seen.error(model, call);
  }

  /** As {@code MachineModels} has it. */
  String toJava() {
    return Arrays.stream(CostTerm.values())
        .map(term -> String.format(Locale.ROOT, "%.3g", model.nanoseconds().get(term)))
        .collect(Collectors.joining(", ", "MachineModel.of(", ");"));
  }
}
