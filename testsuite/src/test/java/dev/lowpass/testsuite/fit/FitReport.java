package dev.lowpass.testsuite.fit;

import dev.lowpass.passes.cost.CostTerm;
import dev.lowpass.passes.machine.Machine;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the program prints: prices, errors, and the steps that the model understands least. */
record FitReport(Machine machine, List<Observation> observations) {
  private static final int WORST = 15;

  @Override
  public String toString() {
    FittedModel fitted = FittedModel.to(machine, observations);
    StringBuilder text = new StringBuilder();
    for (CostTerm term : CostTerm.values()) {
      text.append(line("%-16s %8.4f ns", term, fitted.model().nanoseconds().get(term)));
    }
    text.append(line("a call of a step  %6.2f us, not part of the model", fitted.call()));
    text.append(line("%n%s%n", fitted.toJava()));
    text.append(errors("fitted to all", observations, fitted::error));
    Map<String, Double> others = withOtherModels();
    text.append(errors("each model predicted from the others", observations, seen -> others.get(key(seen))));
    text.append(System.lineSeparator());
    byWorkload().forEach((workload, steps) -> text.append(errors(workload, steps, fitted::error)));
    text.append(System.lineSeparator());
    observations.stream()
        .sorted(Comparator.comparingDouble((Observation seen) -> Math.abs(fitted.error(seen))).reversed())
        .limit(WORST)
        .forEach(
            seen ->
                text.append(
                    line("%+4.0f %%  %7.1f us  %s", 100 * fitted.error(seen), seen.microseconds(), key(seen))));
    return text.toString();
  }

  private Map<String, List<Observation>> byWorkload() {
    return observations.stream()
        .collect(Collectors.groupingBy(seen -> seen.workload().toString(), LinkedHashMap::new, Collectors.toList()));
  }

  /** Errors of every step under a model fitted to the networks that it is not part of. */
  private Map<String, Double> withOtherModels() {
    Map<String, Double> errors = new LinkedHashMap<>();
    observations.stream()
        .map(seen -> seen.workload().model())
        .distinct()
        .forEach(
            model -> {
              Map<Boolean, List<Observation>> parts =
                  observations.stream()
                      .collect(Collectors.partitioningBy(seen -> seen.workload().model().equals(model)));
              FittedModel fitted = FittedModel.to(machine, parts.get(false));
              parts.get(true).forEach(seen -> errors.put(key(seen), fitted.error(seen)));
            });
    return errors;
  }

  private static String key(Observation seen) {
    return seen.workload() + ": " + seen.step();
  }

  private static String errors(String what, List<Observation> steps, ToDoubleFunction<Observation> error) {
    double[] sorted = steps.stream().mapToDouble(seen -> Math.abs(error.applyAsDouble(seen))).sorted().toArray();
    double measured = steps.stream().mapToDouble(Observation::microseconds).sum();
    double predicted =
        steps.stream().mapToDouble(seen -> seen.microseconds() * (1 + error.applyAsDouble(seen))).sum();
    return line(
        "%-50s %4d steps  median %4.1f %%  p90 %4.1f %%  sum %8.0f us, predicted %+5.1f %%",
        what,
        steps.size(),
        100 * sorted[sorted.length / 2],
        100 * sorted[sorted.length * 9 / 10],
        measured,
        100 * (predicted / measured - 1));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + System.lineSeparator();
  }
}
