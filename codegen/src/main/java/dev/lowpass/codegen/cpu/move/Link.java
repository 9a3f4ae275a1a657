package dev.lowpass.codegen.cpu.move;

/**
 * Places along one axis of the target, and those of the source that come there.
 *
 * @param extent how many
 * @param start the first one in the target
 * @param axis of the source; {@link #NONE} where all come from the same place
 * @param begin the first one in the source
 * @param step from one to the next in the source
 */
record Link(int extent, int start, int axis, int begin, int step) {
  static final int NONE = -1;

  /** All of an axis. */
  static Link all(int extent, int axis) {
    return new Link(extent, 0, axis, 0, 1);
  }

  /** Whether it goes through slabs of channels from the first one of a slab on, and ends within one. */
  boolean endsInASlab() {
    return step == 1 && begin % Places.LANES == 0 && extent > Places.LANES && extent % Places.LANES != 0;
  }

  /** Its places from {@code first} to before {@code end}. */
  Link part(int first, int end) {
    return new Link(end - first, start + first, axis, begin + first * step, step);
  }

  /** A part of the target's axis that comes from nowhere, or from one place. */
  static Link still(int extent, int start) {
    return new Link(extent, start, NONE, 0, 0);
  }
}
