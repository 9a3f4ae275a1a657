package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.graph.Graph;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names that values have, for slots that are made besides: two slots of one name may be taken for one. */
record SlotNames(Set<String> taken) {
  static SlotNames of(Graph graph) {
    Set<String> taken = new HashSet<>();
    graph.inputs().stream().map(Value::name).forEach(taken::add);
    graph.nodes().forEach(node -> taken.add(node.name()));
    return new SlotNames(taken);
  }

  /** Names of all that {@code steps} read and write. */
  static SlotNames of(List<Step> steps) {
    Set<String> taken = new HashSet<>();
    for (Step step : steps) {
      step.reads().stream().map(Slot::name).forEach(taken::add);
      taken.add(step.output().name());
    }
    return new SlotNames(taken);
  }

  /** {@code name}, or one like it that is not taken: of one name always the same. */
  String derived(String name) {
    String free = name;
    while (taken.contains(free)) {
      free += "'";
    }
    return free;
  }
}
