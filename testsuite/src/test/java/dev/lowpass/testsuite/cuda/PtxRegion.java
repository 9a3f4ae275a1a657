package dev.lowpass.testsuite.cuda;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/**
 * A kernel or a loop in it. A loop is a set of blocks that can all reach each other; what is left of it without the
 * block that it is entered by has the loops inside of it.
 *
 * @param kernel whose blocks these are
 * @param blocks numbers of all blocks, those of loops inside included
 * @param times how often a work-item goes through it, or about so: loops around it included
 * @param loops those that are directly inside
 */
record PtxRegion(PtxKernel kernel, BitSet blocks, long times, List<PtxRegion> loops) {
  /** For loops whose ends depend on data, such as those over the channels of a band. */
  private static final int ASSUMED_TRIPS = 8;

  static PtxRegion of(PtxKernel kernel) {
    BitSet all = new BitSet();
    all.set(0, kernel.blocks().size());
    return new PtxRegion(kernel, all, 1, loops(kernel, all, 1));
  }

  private static List<PtxRegion> loops(PtxKernel kernel, BitSet within, long times) {
    BitSet[] before = before(kernel);
    List<PtxRegion> loops = new ArrayList<>();
    BitSet open = (BitSet) within.clone();
    for (int first = open.nextSetBit(0); first >= 0; first = open.nextSetBit(first)) {
      BitSet loop = reachable(first, open, block -> kernel.blocks().get(block).next().stream());
      loop.and(reachable(first, open, block -> before[block].stream().boxed()));
      if (!loop.isEmpty()) {
        BitSet inside = (BitSet) loop.clone();
        inside.clear(entrance(loop, before));
        long all = times * new PtxTrips(kernel, loop).count().orElse(ASSUMED_TRIPS);
        loops.add(new PtxRegion(kernel, loop, all, loops(kernel, inside, all)));
      }
      open.andNot(loop);
      open.clear(first);
    }
    return loops;
  }

  private static BitSet[] before(PtxKernel kernel) {
    BitSet[] before = Stream.generate(BitSet::new).limit(kernel.blocks().size()).toArray(BitSet[]::new);
    for (int block = 0; block < before.length; block++) {
      for (int next : kernel.blocks().get(block).next()) {
        before[next].set(block);
      }
    }
    return before;
  }

  private interface Edges {
    Stream<Integer> from(int block);
  }

  /** All that is reached from {@code start} in {@code within}, by at least one edge. */
  private static BitSet reachable(int start, BitSet within, Edges edges) {
    BitSet reached = new BitSet();
    List<Integer> pending = new ArrayList<>(List.of(start));
    while (!pending.isEmpty()) {
      edges
          .from(pending.removeLast())
          .filter(block -> within.get(block) && !reached.get(block))
          .forEach(
              block -> {
                reached.set(block);
                pending.add(block);
              });
    }
    return reached;
  }

  /** The first block that is entered from outside. */
  private static int entrance(BitSet loop, BitSet[] before) {
    return loop.stream()
        .filter(block -> before[block].stream().anyMatch(source -> !loop.get(source)))
        .findFirst()
        .orElse(loop.nextSetBit(0));
  }

  List<PtxInstruction> instructions() {
    return instructions(blocks);
  }

  private List<PtxInstruction> instructions(BitSet some) {
    return some.stream().mapToObj(kernel.blocks()::get).flatMap(block -> block.instructions().stream()).toList();
  }

  /** Multiply-adds that are in no loop inside. */
  private double weight() {
    return own().stream().mapToInt(PtxInstruction::macs).sum() * (double) times;
  }

  /** Those that are in no loop inside. */
  private List<PtxInstruction> own() {
    BitSet own = (BitSet) blocks.clone();
    loops.forEach(loop -> own.andNot(loop.blocks));
    return instructions(own);
  }

  /** Hears of all instructions, and how often a work-item runs each if it leaves none out. */
  void forEach(ObjLongConsumer<PtxInstruction> consumer) {
    own().forEach(instruction -> consumer.accept(instruction, times));
    loops.forEach(loop -> loop.forEach(consumer));
  }

  /** The loop that does most of the work; the kernel where that is in no loop. */
  PtxRegion hottest() {
    PtxRegion hottest = this;
    for (PtxRegion loop : loops) {
      PtxRegion inside = loop.hottest();
      if (inside.weight() > hottest.weight()) {
        hottest = inside;
      }
    }
    return hottest;
  }
}
