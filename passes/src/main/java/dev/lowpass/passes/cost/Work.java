package dev.lowpass.passes.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How much of each {@link CostTerm} something takes; terms that are absent take nothing. */
public record Work(Map<CostTerm, Double> amounts) {
  static final Work NONE = new Work(new EnumMap<>(CostTerm.class));

  public Work {
    amounts = Collections.unmodifiableMap(new EnumMap<>(amounts));
  }

  Work with(CostTerm term, double amount) {
    Map<CostTerm, Double> changed = new EnumMap<>(CostTerm.class);
    changed.putAll(amounts);
    changed.merge(term, amount, Double::sum);
    return new Work(changed);
  }

  Work plus(Work other) {
    Work sum = this;
    for (Map.Entry<CostTerm, Double> each : other.amounts.entrySet()) {
      sum = sum.with(each.getKey(), each.getValue());
    }
    return sum;
  }

  Work half() {
    Map<CostTerm, Double> halves = new EnumMap<>(CostTerm.class);
    amounts.forEach((term, amount) -> halves.put(term, amount / 2));
    return new Work(halves);
  }

  public double amount(CostTerm term) {
    return amounts.getOrDefault(term, 0.0);
  }
}
