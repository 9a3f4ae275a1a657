package dev.lowpass.codegen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.passes.machine.Machines;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which movement there is no need of. That what is left computes the same, the kernels' tests say. */
class InPlaceTest {
  private static Plan plan(String graph) {
    return Lowering.lower(KernelFiles.graph("in_place.lpt", graph), Machines.AVX512);
  }

  /** What is moved between intermediate values. */
  private static List<String> moved(String graph) {
    return plan(graph).steps().stream()
        .filter(step -> step instanceof MoveStep && step.output().home() == Slot.Home.SCRATCH)
        .filter(step -> step.reads().getFirst().home() == Slot.Home.SCRATCH)
        .map(step -> step.output().name())
        .toList();
  }

  /** Offsets in the arena by value, those with memory of their own included. */
  private static Map<String, Long> offsets(String graph) {
    return plan(graph).memory().offsets().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
  }

  @Test
  void partsAreMadeInTheirWhole() {
    assertThat(moved("joined")).isEmpty();
    Map<String, Long> offsets = offsets("joined");
    assertThat(offsets.get("a")).isEqualTo(offsets.get("j"));
    assertThat(offsets.get("b") - offsets.get("j")).isEqualTo(2 * 30 * 16 * 4);
    assertThat(moved("parts_with_readers")).isEmpty();
  }

  @Test
  void onlyOneOfSeveralPlacesIsInPlace() {
    assertThat(moved("twice")).containsExactly("j.part0", "j.part2");
  }

  @Test
  void wholesMayLieInWholes() {
    assertThat(moved("prefixes")).isEmpty();
    assertThat(moved("nested")).containsExactly("j");
  }

  @Test
  void partsWithinASlabAreCopied() {
    assertThat(moved("unaligned")).containsExactly("j");
    assertThat(moved("slices")).containsExactly("r", "s");
  }

  @Test
  void slicesAreReadWhereTheyLie() {
    assertThat(moved("slices_and_wholes")).containsExactly("q");
  }

  @Test
  void partsOfSeveralImagesLieApart() {
    assertThat(moved("images")).containsExactly("j");
  }
}
