package dev.lowpass.codegen.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowpass.codegen.plan.step.MoveStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Views;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Values that are alive at once never share memory. */
class MemoryPlanProperties {
  @Property(tries = 200)
  void livesThatOverlapDoNotOverlapInMemory(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
    List<Step> steps = steps(new Random(seed), count);
    MemoryPlan plan = MemoryPlan.of(steps, Views.NONE);
    for (int i = 0; i < steps.size(); i++) {
      List<Slot> alive = alive(steps, i);
      for (Slot one : alive) {
        assertThat(plan.offsets().get(one)).isNotNegative().matches(offset -> offset % 64 == 0, "is aligned");
        assertThat(end(plan, one)).isLessThanOrEqualTo(plan.bytes());
        for (Slot other : alive) {
          boolean apart = end(plan, one) <= plan.offsets().get(other) || end(plan, other) <= plan.offsets().get(one);
          assertThat(one.equals(other) || apart).as("%s and %s at step %d", one, other, i).isTrue();
        }
      }
    }
    assertThat(plan.bytes()).isGreaterThanOrEqualTo(plan.largestLiveBytes());
  }

  private static long end(MemoryPlan plan, Slot slot) {
    return plan.offsets().get(slot) + slot.bytes();
  }

  /** Each step reads some earlier results, near ones rather than far ones, and makes one. */
  private static List<Step> steps(Random random, int count) {
    List<Slot> slots = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Slot> reads = new ArrayList<>();
      for (int r = 0; r < 2 && !slots.isEmpty(); r++) {
        int back = (int) Math.min(slots.size() - 1, Math.abs(random.nextGaussian()) * 3);
        reads.add(slots.get(slots.size() - 1 - back));
      }
      Shape shape = Shape.of(1 + random.nextInt(1000));
      Slot output = Slot.scratch("s" + i, ElementType.F32, shape, new Layout.RowMajor(shape));
      slots.add(output);
      steps.add(new MoveStep("m" + i, reads, output, Optional.empty()));
    }
    return steps;
  }

  /** What {@code step} reads or writes, and what was made before and is read after. */
  private static List<Slot> alive(List<Step> steps, int step) {
    List<Slot> alive = new ArrayList<>(steps.get(step).reads());
    alive.add(steps.get(step).output());
    for (int made = 0; made < step; made++) {
      Slot slot = steps.get(made).output();
      if (steps.subList(step + 1, steps.size()).stream().anyMatch(later -> later.reads().contains(slot))) {
        alive.add(slot);
      }
    }
    return alive.stream().distinct().toList();
  }
}
