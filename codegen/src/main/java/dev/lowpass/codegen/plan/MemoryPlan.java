package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Offsets of intermediate values in one arena: values whose lives overlap do not. Largest first, each at the lowest
 * free offset (Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", arXiv:2001.03288, greedy
 * by size).
 *
 * @param offsets element offset of every scratch slot, aligned to 64 bytes
 * @param elements size of the arena
 * @param largestLiveSet elements that are alive at once at the worst step: no plan can be smaller
 */
public record MemoryPlan(Map<Slot, Long> offsets, long elements, long largestLiveSet) {
  private static final int ALIGNMENT = 16;

  private record Life(Slot slot, int first, int last, long size) {
    boolean overlaps(Life other) {
      return first <= other.last && other.first <= last;
    }
  }

  static MemoryPlan of(List<Step> steps) {
    List<Life> lives = lives(steps);
    List<Life> placed = new ArrayList<>();
    Map<Slot, Long> offsets = new LinkedHashMap<>();
    long end = 0;
    for (Life life : lives.stream().sorted(Comparator.comparingLong(Life::size).reversed()).toList()) {
      long offset = 0;
      for (Life other : placed.stream().sorted(Comparator.comparingLong(l -> offsets.get(l.slot))).toList()) {
        if (other.overlaps(life) && offsets.get(other.slot) < offset + life.size) {
          offset = Math.max(offset, offsets.get(other.slot) + other.size);
        }
      }
      offsets.put(life.slot, offset);
      placed.add(life);
      end = Math.max(end, offset + life.size);
    }
    return new MemoryPlan(offsets, Math.max(end, ALIGNMENT), largestLiveSet(lives, steps.size()));
  }

  private static List<Life> lives(List<Step> steps) {
    Map<Slot, Life> lives = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      List<Slot> touched = new ArrayList<>(steps.get(i).reads());
      touched.add(steps.get(i).output());
      for (Slot slot : touched) {
        if (slot.home() == Slot.Home.SCRATCH) {
          int first = lives.containsKey(slot) ? lives.get(slot).first : i;
          lives.put(slot, new Life(slot, first, i, align(slot.layout().elements())));
        }
      }
    }
    return List.copyOf(lives.values());
  }

  private static long largestLiveSet(List<Life> lives, int steps) {
    long largest = 0;
    for (int step = 0; step < steps; step++) {
      int now = step;
      long live = lives.stream().filter(l -> l.first <= now && now <= l.last).mapToLong(Life::size).sum();
      largest = Math.max(largest, live);
    }
    return largest;
  }

  private static long align(long elements) {
    return Math.ceilDiv(elements, (long) ALIGNMENT) * ALIGNMENT;
  }
}
