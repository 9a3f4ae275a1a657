package dev.lowpass.testsuite.cuda;

import dev.lowpass.testsuite.cuda.PtxInstruction.Space;
import dev.lowpass.testsuite.cuda.PtxInstruction.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What instructions of a work-item do, each counted once, as it stands.
 *
 * @param macs multiply-adds; those that a warp does together are shared out
 * @param loads by where from; each place is there
 * @param stores by where to; each place is there
 */
public record PtxCounts(int macs, Map<Space, Traffic> loads, Map<Space, Traffic> stores) {
  /** From so many bytes on an instruction moves as much as two or more usual ones. */
  private static final int WIDE_BYTES = 8;

  /**
   * What goes to or comes from one place.
   *
   * @param wideBytes those that move by 8 or more at once
   */
  public record Traffic(int instructions, int bytes, int wideBytes) {
    private static final Traffic NONE = new Traffic(0, 0, 0);

    private Traffic plus(int moved) {
      return new Traffic(instructions + 1, bytes + moved, wideBytes + (moved >= WIDE_BYTES ? moved : 0));
    }
  }

  /**
   * Counts of a kernel.
   *
   * @param whole all of it
   * @param hot its hottest loop, loops inside included; all of it where the work is in no loop
   */
  public record OfKernel(PtxCounts whole, PtxCounts hot) {}

  /** Counts of all kernels of {@code ptx} by their names, in their order. */
  public static SequencedMap<String, OfKernel> of(String ptx) {
    SequencedMap<String, OfKernel> counts = new LinkedHashMap<>();
    for (PtxKernel kernel : PtxKernel.parse(ptx)) {
      PtxRegion whole = PtxRegion.of(kernel);
      counts.put(kernel.name(), new OfKernel(of(whole.instructions()), of(whole.hottest().instructions())));
    }
    return counts;
  }

  static PtxCounts of(List<PtxInstruction> instructions) {
    Map<Space, Traffic> loads = new LinkedHashMap<>();
    Map<Space, Traffic> stores = new LinkedHashMap<>();
    for (Space space : Space.values()) {
      loads.put(space, Traffic.NONE);
      stores.put(space, Traffic.NONE);
    }
    int macs = 0;
    for (PtxInstruction instruction : instructions) {
      macs += instruction.macs();
      for (Transfer transfer : instruction.transfers()) {
        (transfer.isLoad() ? loads : stores).computeIfPresent(transfer.space(), (_, sum) -> sum.plus(transfer.bytes()));
      }
    }
    return new PtxCounts(macs, loads, stores);
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
