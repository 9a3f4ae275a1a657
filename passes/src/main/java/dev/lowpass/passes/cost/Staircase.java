package dev.lowpass.passes.cost;

import dev.lowpass.ir.Bands;
import dev.lowpass.passes.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Rounds bands up to few steps, so that a banded product is few dense ones. Coefficients are cut into runs; a run takes
 * as many channels as its first coefficient needs, which is the most of the run.
 *
 * @param max products at most, 1 or more
 * @param granularity channels are taken in multiples of this
 * @param tile rows of the register tile: a product of fewer rows costs as many
 */
public record Staircase(int max, int granularity, int tile) {
  /**
   * What a further product costs, in rows times channels: its loop around the tiles. From the prototype: ten bands cost
   * as four.
   */
  private static final long OVERHEAD = 64;

  /** Dense products a layer at most, unless somebody says otherwise. */
  public static final int MAX = 8;

  /** Channels are taken in multiples of this, unless somebody says otherwise. */
  public static final int GRANULARITY = 2;

  /** One run from coefficient {@code start} on, and the channels it takes. */
  private record Step(int start, int channels) {}

  public Staircase {
    if (max < 1 || granularity < 1 || tile < 1) {
      throw new IllegalArgumentException(
          "max %d, granularity %d and tile %d must be 1 or more".formatted(max, granularity, tile));
    }
  }

  /** What {@code machine} executes. */
  public static Staircase of(Machine machine) {
    return new Staircase(MAX, GRANULARITY, machine.tile(machine.precision()).rows());
  }

  /**
   * The shortest descending bands that are nowhere shorter than {@code bands}: each channel as long as the longest
   * behind it.
   */
  public static Bands descending(Bands bands) {
    List<Integer> keep = new ArrayList<>(bands.keep());
    for (int c = keep.size() - 2; c >= 0; c--) {
      keep.set(c, Math.max(keep.get(c), keep.get(c + 1)));
    }
    return new Bands(keep);
  }

  /**
   * The cheapest descending bands of at most {@code max} steps that are nowhere shorter than {@code bands}.
   *
   * @param blocks rows of the product for one coefficient: blocks of the map times the batch
   */
  public Bands round(Bands bands, int blocks) {
    Bands descending = descending(bands);
    List<Step> steps = steps(descending);
    List<Integer> chosen = cheapest(steps, descending.longest(), blocks);
    Integer[] keep = new Integer[descending.channels()];
    Arrays.fill(keep, 0);
    for (int i = 0; i < chosen.size(); i++) {
      int end = i + 1 < chosen.size() ? steps.get(chosen.get(i + 1)).start() : descending.longest();
      Arrays.fill(keep, 0, steps.get(chosen.get(i)).channels(), end);
    }
    return new Bands(Arrays.asList(keep));
  }

  /** The places where the number of channels falls, channels rounded up. */
  private List<Step> steps(Bands descending) {
    List<Step> steps = new ArrayList<>();
    int needed = descending.channels();
    for (int j = 0; j < descending.longest(); j++) {
      while (needed > 0 && descending.of(needed - 1) <= j) {
        needed--;
      }
      int channels = Math.min(Math.ceilDiv(needed, granularity) * granularity, descending.channels());
      if (steps.isEmpty() || steps.getLast().channels() != channels) {
        steps.add(new Step(j, channels));
      }
    }
    return steps;
  }

  /** Indices of the steps to begin products at; of equally cheap choices one with the fewest products. */
  private List<Integer> cheapest(List<Step> steps, int end, int blocks) {
    int count = steps.size();
    if (count == 0) {
      return List.of();
    }
    int products = Math.min(max, count);
    // least[p][i]: cost of all coefficients before step i in p products; from[p][i]: where the last of them begins.
    long[][] least = new long[products + 1][count + 1];
    int[][] from = new int[products + 1][count + 1];
    for (long[] row : least) {
      Arrays.fill(row, Long.MAX_VALUE);
    }
    least[0][0] = 0;
    for (int p = 1; p <= products; p++) {
      for (int to = p; to <= count; to++) {
        int stop = to < count ? steps.get(to).start() : end;
        for (int start = p - 1; start < to; start++) {
          long cost = least[p - 1][start];
          if (cost == Long.MAX_VALUE) {
            continue;
          }
          cost += cost(steps.get(start), stop, blocks);
          if (cost < least[p][to]) {
            least[p][to] = cost;
            from[p][to] = start;
          }
        }
      }
    }
    int best = 1;
    for (int p = 2; p <= products; p++) {
      best = least[p][count] < least[best][count] ? p : best;
    }
    List<Integer> chosen = new ArrayList<>();
    for (int p = best, to = count; p > 0; p--) {
      to = from[p][to];
      chosen.add(to);
    }
    Collections.reverse(chosen);
    return chosen;
  }

  private long cost(Step step, int stop, int blocks) {
    long rows = (long) (stop - step.start()) * blocks;
    return Math.ceilDiv(rows, (long) tile) * tile * step.channels() + OVERHEAD;
  }
}
