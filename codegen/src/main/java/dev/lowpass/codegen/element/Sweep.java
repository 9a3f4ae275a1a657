package dev.lowpass.codegen.element;

import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;

/**
 * How many elements are read at once where runs of elements are gone through: neighbouring runs side by side, or
 * neighbouring elements of one run.
 *
 * @param across runs, one a lane
 * @param along elements of a run; the last ones, that are fewer, come one by one
 */
record Sweep(int across, int along) {
  static final Sweep SCALAR = new Sweep(1, 1);

  Sweep {
    if (across > 1 && along > 1) {
      throw new IllegalArgumentException("vectors across " + across + " runs and along " + along + " elements");
    }
  }

  /** Of runs whose elements are {@code pitch} apart, {@code length} of them, with vectors of {@code lanes}. */
  static Sweep of(long pitch, long length, int lanes) {
    if (pitch == 1) {
      return new Sweep(1, length >= lanes ? lanes : 1);
    }
    return new Sweep(pitch % lanes == 0 ? lanes : 1, 1);
  }

  /** Lanes of what is read at most. */
  int lanes() {
    return across * along;
  }

  /** Code for all {@code length} elements of a run. */
  void each(Code code, long length, Body body) {
    long vectors = along == 1 ? 0 : length / along;
    if (vectors > 0) {
      code.loop("i", vectors, (inner, i) -> body.write(inner, i.times(along), along));
    }
    long done = vectors * along;
    if (done < length) {
      code.loop("i", length - done, (inner, i) -> body.write(inner, i.plus(done), across));
    }
  }

  /** What is done with elements from {@code place} of the run on. */
  interface Body {
    void write(Code code, Expr place, int lanes);
  }
}
