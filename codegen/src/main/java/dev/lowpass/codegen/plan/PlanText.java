package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import java.util.stream.Collectors;

/** A plan for people: what is fused into which kernel, in which layouts, and where the values lie in the arena. */
public final class PlanText {
  private PlanText() {}

  /** A line a kernel, then one about memory; sizes and offsets in bytes. */
  public static String of(Plan plan) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      String reads = step.reads().stream().map(slot -> place(plan, slot)).collect(Collectors.joining(", "));
      text.append("%3d  %s: %s%n".formatted(i, step.name(), step.kind()));
      text.append("     %s -> %s%n".formatted(reads, place(plan, step.output())));
    }
    MemoryPlan memory = plan.memory();
    String sizes =
        "arena of %d bytes, largest live set %d bytes%n".formatted(memory.bytes(), memory.largestLiveBytes());
    return text.append(sizes).toString();
  }

  private static String place(Plan plan, Slot slot) {
    String where =
        switch (slot.home()) {
          case INPUT -> "input " + slot.index();
          case OUTPUT -> "output " + slot.index();
          case CONSTANT -> "constant";
          case SCRATCH -> "arena byte " + plan.memory().offsets().get(slot);
        };
    String layout =
        switch (slot.layout()) {
          case Layout.RowMajor _ -> "rows";
          case Layout.Slabs slabs -> slabs.slabs() + " slabs";
          case Layout.Coefficients coefficients ->
              coefficients.slabs() + " slabs of " + coefficients.block() + " " + coefficients.order() + " coefficients";
        };
    return "%%%s %s in %s at %s".formatted(slot.name(), slot.shape(), layout, where);
  }
}
