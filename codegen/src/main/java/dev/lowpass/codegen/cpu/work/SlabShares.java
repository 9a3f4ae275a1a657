package dev.lowpass.codegen.cpu.work;

import dev.lowpass.codegen.tir.Expr;

/**
 * Which slabs of a map belong to which worker, for any number of workers. Shares are neighbouring slabs, so that each is
 * an ordinary product with fewer channels, and each is about as much work.
 *
 * @param bounds [workers - 1][worker]: a worker's first slab; behind the last worker, the number of slabs
 */
public record SlabShares(int[] bounds) {
  /** Workers that get a share of their own; more have nothing to do. */
  public static final int MOST = 16;

  private static final int ROW = MOST + 1;

  /**
   * Shares in whole panels.
   *
   * @param work of each slab, in any unit
   * @param panel slabs that are made at once
   */
  public static SlabShares of(long[] work, int panel) {
    int slabs = work.length;
    long[] upTo = new long[slabs + 1];
    for (int slab = 0; slab < slabs; slab++) {
      upTo[slab + 1] = upTo[slab] + work[slab];
    }
    int[] bounds = new int[MOST * ROW];
    for (int workers = 1; workers <= MOST; workers++) {
      int slab = 0;
      for (int worker = 0; worker < ROW; worker++) {
        long wanted = upTo[slabs] * Math.min(worker, workers) / workers;
        for (int next = nextPanel(slab, panel, slabs);
            slab < slabs && upTo[next] + upTo[slab] <= 2 * wanted;
            next = nextPanel(slab, panel, slabs)) {
          slab = next;
        }
        bounds[(workers - 1) * ROW + worker] = worker < workers ? slab : slabs;
      }
    }
    return new SlabShares(bounds);
  }

  private static int nextPanel(int slab, int panel, int slabs) {
    return Math.min(slabs, slab + panel);
  }

  /**
   * The first slab of {@code worker}; of the one behind the last, the end.
   *
   * @param table where the bounds lie in the parameters
   */
  public static Expr first(Entry entry, int table, Expr worker) {
    Expr first = entry.table(table, entry.workers().min(MOST).minus(1).times(ROW).plus(worker.min(MOST)));
    // TVM's floor division by 3 is wrong for (first + 2) unless it can tell that this is not negative.
    return first.max(0);
  }
}
