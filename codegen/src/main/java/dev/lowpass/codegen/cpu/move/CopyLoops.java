package dev.lowpass.codegen.cpu.move;

import java.util.ArrayList;
import java.util.List;

/**
 * In which order the loops of a copy are gone through: {@code outer}, blocks of {@code vector}, {@code inner}, and the
 * elements of the block.
 *
 * @param outer loops of which each combination, with a block, is an item
 * @param inner loops of one item
 * @param vector neighbouring elements of the target: in vectors where there are so many, else one by one
 * @param block how many of these are an item's; the last block may begin before the one before it ends
 */
record CopyLoops(List<Digit> outer, List<Digit> inner, Digit vector, int block) {
  static final int LANES = Places.LANES;

  /** Vectors of an item at most, if not of a single loop. */
  private static final int ITEM = 512;

  static CopyLoops of(Copy copy) {
    List<Digit> digits = new ArrayList<>(copy.digits());
    Digit vector = digits.getLast().target() == 1 ? digits.removeLast() : new Digit(1, 1, 0, 0);
    int block = vector.channel() != 0 ? vector.extent() : Math.min(vector.extent(), ITEM * LANES);
    int first = digits.size();
    if (vector.extent() >= LANES && Math.abs(vector.source()) > 1 && hasNeighbours(digits)) {
      // The source's neighbours go around inside, so that a line of it is used up while it is near.
      block = LANES;
      digits.sort((a, b) -> Boolean.compare(isOfNeighbours(a), isOfNeighbours(b)));
      first--;
    }
    long size = Math.ceilDiv(block, LANES) * product(digits.subList(first, digits.size()));
    while (first > 0 && size * digits.get(first - 1).extent() <= ITEM) {
      first--;
      size *= digits.get(first).extent();
    }
    return new CopyLoops(digits.subList(0, first), digits.subList(first, digits.size()), vector, block);
  }

  private static boolean hasNeighbours(List<Digit> digits) {
    return digits.stream().anyMatch(CopyLoops::isOfNeighbours);
  }

  private static boolean isOfNeighbours(Digit digit) {
    return digit.source() == 1 && digit.channel() == 0;
  }

  int blocks() {
    return Math.ceilDiv(vector.extent(), block);
  }

  /** How many items there are. */
  long count() {
    return product(outer) * blocks();
  }

  /** Elements of an item. */
  long weight() {
    return product(inner) * block;
  }

  private static long product(List<Digit> digits) {
    return digits.stream().mapToLong(Digit::extent).reduce(1, Math::multiplyExact);
  }
}
