package dev.lowpass.codegen.tir;

/** How the iterations of a loop run; the order is TVM's {@code ForKind}. */
public enum LoopKind {
  SERIAL,
  /** Iterations are shared out among the thread pool's workers. Parallel loops do not nest. */
  PARALLEL,
  /** One vector instruction for all; the extent is a constant. */
  VECTORIZED,
  /** Written out at compile time; the extent is a constant. */
  UNROLLED
}
