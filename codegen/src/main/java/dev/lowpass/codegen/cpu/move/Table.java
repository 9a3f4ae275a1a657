package dev.lowpass.codegen.cpu.move;

import dev.lowpass.codegen.cpu.work.Workshop;
import java.util.List;

/**
 * Where the channels of a copy's source are: an entry for all places of the loops that go on by channels.
 *
 * @param offset in the parameters
 * @param loops that have a place in it, the last one fastest
 * @param neighbours whether vectors of entries are neighbours in the source
 */
record Table(int offset, List<Digit> loops, Neighbours neighbours) {
  /** Of whole vectors; the last one may begin before the one before it ends. */
  enum Neighbours {
    ALWAYS,
    /** Those whose first and last entry are as far apart. */
    SOME,
    NEVER
  }

  static final Table NONE = new Table(0, List.of(), Neighbours.NEVER);

  static Table of(Workshop workshop, Copy copy, Digit vector) {
    if (copy.source().isEmpty() || copy.tabled().isEmpty()) {
      return NONE;
    }
    int[] entries = copy.table();
    return new Table(workshop.parameters().add(entries), copy.tabled(), neighbours(entries, vector));
  }

  private static Neighbours neighbours(int[] entries, Digit vector) {
    int length = vector.extent();
    if (vector.channel() == 0 || length < Places.LANES) {
      return Neighbours.NEVER;
    }
    boolean all = true;
    boolean some = false;
    for (int row = 0; row < entries.length; row += length) {
      for (int i = 0; i < length; i += Places.LANES) {
        int first = row + Math.min(i, length - Places.LANES);
        boolean apart = entries[first + Places.LANES - 1] - entries[first] == Places.LANES - 1;
        for (int lane = 0; lane < Places.LANES; lane++) {
          if (apart && entries[first + lane] != entries[first] + lane) {
            return Neighbours.NEVER;
          }
        }
        all &= apart;
        some |= apart;
      }
    }
    return all ? Neighbours.ALWAYS : some ? Neighbours.SOME : Neighbours.NEVER;
  }

  /** Entries from one place of {@code loop} to the next; 0 where it has none. */
  int stride(Digit loop) {
    int stride = 1;
    for (int i = loops.size() - 1; i >= 0; i--) {
      if (loops.get(i).equals(loop)) {
        return stride;
      }
      stride *= loops.get(i).extent();
    }
    return 0;
  }
}
