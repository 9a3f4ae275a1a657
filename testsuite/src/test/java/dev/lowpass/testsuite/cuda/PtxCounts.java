package dev.lowpass.testsuite.cuda;

import dev.lowpass.testsuite.cuda.PtxInstruction.Space;
import dev.lowpass.testsuite.cuda.PtxInstruction.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What instructions of a work-item do.
 *
 * @param macs multiply-adds; those that a warp does together are shared out
 * @param loads by where from; each place is there
 * @param stores by where to; each place is there
 */
public record PtxCounts(long macs, Map<Space, Traffic> loads, Map<Space, Traffic> stores) {
  /** From so many bytes on an instruction moves as much as two or more usual ones. */
  private static final int WIDE_BYTES = 8;

  /**
   * What goes to or comes from one place.
   *
   * @param wideBytes those that move by 8 or more at once
   */
  public record Traffic(long instructions, long bytes, long wideBytes) {
    private static final Traffic NONE = new Traffic(0, 0, 0);

    private Traffic plus(int moved, long times) {
      long all = times * moved;
      return new Traffic(instructions + times, bytes + all, wideBytes + (moved >= WIDE_BYTES ? all : 0));
    }
  }

  /**
   * Counts of a kernel.
   *
   * @param whole all of it
   * @param hot its hottest loop, loops inside included; all of it where the work is in no loop
   * @param run all of it as often as a work-item runs it that leaves nothing out; loops whose end is not in the code count
   *     for a few turns
   */
  public record OfKernel(PtxCounts whole, PtxCounts hot, PtxCounts run) {}

  /** Counts of all kernels of {@code ptx} by their names, in their order. */
  public static SequencedMap<String, OfKernel> of(String ptx) {
    SequencedMap<String, OfKernel> counts = new LinkedHashMap<>();
    for (PtxKernel kernel : PtxKernel.parse(ptx)) {
      PtxRegion whole = PtxRegion.of(kernel);
      PtxCounts hot = of(whole.hottest().instructions());
      counts.put(kernel.name(), new OfKernel(of(whole.instructions()), hot, run(whole)));
    }
    return counts;
  }

  private static PtxCounts of(List<PtxInstruction> instructions) {
    Sum sum = new Sum();
    instructions.forEach(instruction -> sum.add(instruction, 1));
    return sum.counts();
  }

  private static PtxCounts run(PtxRegion kernel) {
    Sum sum = new Sum();
    kernel.forEach(sum::add);
    return sum.counts();
  }

  private static final class Sum {
    private final Map<Space, Traffic> loads = new LinkedHashMap<>();
    private final Map<Space, Traffic> stores = new LinkedHashMap<>();
    private long macs;

    Sum() {
      for (Space space : Space.values()) {
        loads.put(space, Traffic.NONE);
        stores.put(space, Traffic.NONE);
      }
    }

    void add(PtxInstruction instruction, long times) {
      macs += times * instruction.macs();
      for (Transfer transfer : instruction.transfers()) {
        (transfer.isLoad() ? loads : stores)
            .computeIfPresent(transfer.space(), (_, sum) -> sum.plus(transfer.bytes(), times));
      }
    }

    PtxCounts counts() {
      return new PtxCounts(macs, loads, stores);
    }
  }

  /** Loads for each multiply-add; infinite or no numbers where there is nothing to divide by. */
  public LoadRatios ratios() {
    Traffic shared = loads.get(Space.SHARED);
    Traffic global = loads.get(Space.GLOBAL);
    return new LoadRatios(
        shared.instructions() / (double) macs,
        global.instructions() / (double) macs,
        (shared.wideBytes() + global.wideBytes()) / (double) (shared.bytes() + global.bytes()));
  }
}
