package dev.lowpass.codegen.fit;

import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.machine.Machine;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A cost model and what the program around it adds.
 *
 * @param call microseconds that calling a step by itself takes; no part of an inference
 */
record FittedModel(PricedModel model, double call) {
  /** The model that predicts {@code observations} best. */
  static FittedModel to(Machine machine, List<Observation> observations) {
    double[] prices = RelativeFit.solve(observations.stream().map(FittedModel::row).toArray(double[][]::new));
    Map<CostTerm, Double> nanoseconds = new EnumMap<>(CostTerm.class);
    for (CostTerm term : CostTerm.values()) {
      nanoseconds.put(term, prices[term.ordinal()]);
    }
    return new FittedModel(new PricedModel(machine, "a fit", nanoseconds), prices[CostTerm.values().length]);
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
}
