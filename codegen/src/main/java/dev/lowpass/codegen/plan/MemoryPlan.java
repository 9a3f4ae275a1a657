package dev.lowpass.codegen.plan;

import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.plan.value.Views;
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
 * @param offsets where every scratch slot starts, in bytes; a multiple of 64
 * @param bytes size of the arena
 * @param largestLiveBytes what is alive at once at the worst step: no plan can be smaller
 * @param lives of the scratch slots that have memory of their own, in the order in which steps first touch them
 */
public record MemoryPlan(Map<Slot, Long> offsets, long bytes, long largestLiveBytes, List<Life> lives) {
  /** A cache line, and the widest vector. */
  static final int ALIGNMENT = 64;

  /** From which step to which, both inclusive, a slot's bytes are in use. */
  public record Life(Slot slot, int first, int last, long bytes) {
    boolean overlaps(Life other) {
      return first <= other.last && other.first <= last;
    }
  }

  /** @param views slots that lie in others: whoever touches one touches what it lies in */
  static MemoryPlan of(List<Step> steps, Views views) {
    List<Life> lives = lives(steps, views);
    List<Life> placed = new ArrayList<>();
    Map<Slot, Long> offsets = new LinkedHashMap<>();
    long end = 0;
    for (Life life : lives.stream().sorted(Comparator.comparingLong(Life::bytes).reversed()).toList()) {
      long offset = 0;
      for (Life other : placed.stream().sorted(Comparator.comparingLong(l -> offsets.get(l.slot))).toList()) {
        if (other.overlaps(life) && offsets.get(other.slot) < offset + life.bytes) {
          offset = Math.max(offset, offsets.get(other.slot) + other.bytes);
        }
      }
      offsets.put(life.slot, offset);
      placed.add(life);
      end = Math.max(end, offset + life.bytes);
    }
    for (Slot view : views.places().keySet()) {
      Views.Place place = views.of(view);
      offsets.put(view, offsets.get(place.whole()) + place.offset());
    }
    return new MemoryPlan(offsets, Math.max(end, ALIGNMENT), largestLiveBytes(lives, steps.size()), lives);
  }

  private static List<Life> lives(List<Step> steps, Views views) {
    Map<Slot, Life> lives = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      List<Slot> touched = new ArrayList<>(steps.get(i).reads());
      touched.add(steps.get(i).output());
      for (Slot part : touched) {
        Slot slot = views.of(part).whole();
        if (slot.home() == Slot.Home.SCRATCH) {
          int first = lives.containsKey(slot) ? lives.get(slot).first : i;
          lives.put(slot, new Life(slot, first, i, align(slot.bytes())));
        }
      }
    }
    return List.copyOf(lives.values());
  }

  private static long largestLiveBytes(List<Life> lives, int steps) {
    long largest = 0;
    for (int step = 0; step < steps; step++) {
      int now = step;
      long live = lives.stream().filter(l -> l.first <= now && now <= l.last).mapToLong(Life::bytes).sum();
      largest = Math.max(largest, live);
    }
    return largest;
  }

  private static long align(long bytes) {
    return Math.ceilDiv(bytes, (long) ALIGNMENT) * ALIGNMENT;
  }
}
