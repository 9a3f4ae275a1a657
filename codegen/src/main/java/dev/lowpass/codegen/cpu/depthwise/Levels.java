package dev.lowpass.codegen.cpu.depthwise;

import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.ir.Bands;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * To how many coefficients each slab's forward transform is truncated: few different numbers, since each is a kernel of
 * its own.
 *
 * @param distinct the levels, ascending; level 0 is not among them
 * @param ofSlab index into {@code distinct} for every slab, or -1 where nothing of it is read
 */
record Levels(List<Integer> distinct, int[] ofSlab) {
  /** Four levels serve as well as ten and compile faster (measured on MobileNetV2's blocks). */
  private static final int MOST = 4;

  static Levels of(Bands keep, int most) {
    int slabs = Math.ceilDiv(keep.channels(), Layout.LANES);
    int[] needed = new int[slabs];
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int s = 0; s < slabs; s++) {
      int end = Math.min(keep.channels(), (s + 1) * Layout.LANES);
      needed[s] = keep.slice(s * Layout.LANES, end).longest();
      counts.merge(needed[s], 1, Integer::sum);
    }
    counts.remove(0);
    List<Integer> chosen = choose(counts, Math.min(most, MOST));
    int[] ofSlab = new int[slabs];
    for (int s = 0; s < slabs; s++) {
      ofSlab[s] = -1;
      for (int i = 0; needed[s] > 0 && ofSlab[s] < 0; i++) {
        ofSlab[s] = chosen.get(i) >= needed[s] ? i : -1;
      }
    }
    return new Levels(chosen, ofSlab);
  }

  /** Merges the pair of neighbouring levels that costs least until {@code most} are left. */
  private static List<Integer> choose(TreeMap<Integer, Integer> counts, int most) {
    TreeMap<Integer, Integer> left = new TreeMap<>(counts);
    while (left.size() > most) {
      int cheapest = -1;
      long least = Long.MAX_VALUE;
      for (int level : left.headMap(left.lastKey()).keySet()) {
        long cost = (long) left.get(level) * (left.higherKey(level) - level);
        if (cost < least) {
          least = cost;
          cheapest = level;
        }
      }
      left.merge(left.higherKey(cheapest), left.remove(cheapest), Integer::sum);
    }
    return new ArrayList<>(left.keySet());
  }
}
