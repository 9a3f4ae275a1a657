package dev.lowpass.codegen.artifact;

import dev.lowpass.codegen.plan.MemoryPlan;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan's steps read, write and keep in memory, for pictures of it.
 *
 * @param steps in the order in which they run, as many as the manifest names
 * @param values in the arena, in the order in which steps first touch them
 */
public record PlanSummary(List<StepLine> steps, List<PlacedValue> values) {
  /** Of an artifact whose compiler did not write any. */
  public static final PlanSummary UNKNOWN = new PlanSummary(List.of(), List.of());

  /**
   * One kernel.
   *
   * @param reads names of values; constants are left out
   * @param writes name of a value
   */
  public record StepLine(String kind, String shapes, long multiplyAdds, List<String> reads, String writes) {
    public StepLine {
      reads = List.copyOf(reads);
    }

    private static StepLine of(Step step, Plan plan) {
      List<String> reads =
          step.reads().stream()
              .filter(slot -> slot.home() != Slot.Home.CONSTANT)
              .map(slot -> plan.views().of(slot).whole().name())
              .distinct()
              .toList();
      String writes = plan.views().of(step.output()).whole().name();
      return new StepLine(step.kind(), step.shapes(), step.multiplyAdds(), reads, writes);
    }

    private static StepLine of(Members json) {
      return new StepLine(
          json.text("kind"), json.text("shapes"), json.whole("multiplyAdds"), json.texts("reads"), json.text("writes"));
    }

    private Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("kind", kind);
      json.put("shapes", shapes);
      json.put("multiplyAdds", multiplyAdds);
      json.put("reads", reads);
      json.put("writes", writes);
      return json;
    }
  }

  /**
   * Bytes of the arena that belong to a value for some steps.
   *
   * @param coefficients whether it is frequency data
   * @param first step that touches it
   * @param last step that touches it, inclusive
   */
  public record PlacedValue(String name, boolean coefficients, long offset, long bytes, int first, int last) {
    /** No arena ends beyond; sums of two are numbers still. */
    private static final long FURTHEST = 1L << 46;

    public PlacedValue {
      if (offset < 0 || bytes < 0 || offset > FURTHEST || bytes > FURTHEST || last < first) {
        String place = "%d bytes at %d, of steps %d to %d".formatted(bytes, offset, first, last);
        throw new IllegalArgumentException("value '" + name + "' has " + place);
      }
    }

    private static PlacedValue of(MemoryPlan.Life life, MemoryPlan memory) {
      Slot slot = life.slot();
      long offset = memory.offsets().get(slot);
      return new PlacedValue(slot.name(), slot.isCoefficients(), offset, life.bytes(), life.first(), life.last());
    }

    private static PlacedValue of(Members json) {
      return new PlacedValue(
          json.text("name"),
          json.flag("coefficients"),
          json.whole("offset"),
          json.whole("bytes"),
          json.index("first"),
          json.index("last"));
    }

    private Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("coefficients", coefficients);
      json.put("offset", offset);
      json.put("bytes", bytes);
      json.put("first", (long) first);
      json.put("last", (long) last);
      return json;
    }
  }

  public PlanSummary {
    steps = List.copyOf(steps);
    values = List.copyOf(values);
  }

  public static PlanSummary of(Plan plan) {
    return new PlanSummary(
        plan.steps().stream().map(step -> StepLine.of(step, plan)).toList(),
        plan.memory().lives().stream().map(life -> PlacedValue.of(life, plan.memory())).toList());
  }

  /** @throws IllegalArgumentException where something is missing, or something else */
  static PlanSummary of(Members json) {
    return new PlanSummary(
        json.objects("steps").stream().map(StepLine::of).toList(),
        json.objects("values").stream().map(PlacedValue::of).toList());
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("steps", steps.stream().map(StepLine::toJson).toList());
    json.put("values", values.stream().map(PlacedValue::toJson).toList());
    return json;
  }
}
