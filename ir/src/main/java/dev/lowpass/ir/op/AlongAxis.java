package dev.lowpass.ir.op;

/** An operator on each run of elements along one axis, whose results depend on all of the run. */
public sealed interface AlongAxis extends Opaque permits ArgReduce, CumulativeSum, TopK {
  /** Counted from the front. */
  int axis();
}
