package dev.lowpass.testsuite.bench.roofline;

/**
 * What bounds one core.
 *
 * @param peak GFLOP/s of multiply-adds in registers
 * @param memory GB/s of reading more than any cache holds
 * @param again GB/s of reading a model's weights again and again, with nothing in between
 * @param weights bytes of those weights
 */
record Roofs(double peak, double memory, double again, long weights) {
  /** The better of each of two measurements: what disturbs a machine only makes it slower. */
  Roofs best(Roofs other) {
    return new Roofs(
        Math.max(peak, other.peak), Math.max(memory, other.memory), Math.max(again, other.again), weights);
  }

  /** FLOP a byte from which on arithmetic bounds, not weights from the last cache. */
  double knee() {
    return peak / again;
  }

  /** GFLOP/s that {@code intensity} FLOP a byte could reach with weights from the last cache. */
  double attainable(double intensity) {
    return Math.min(peak, intensity * again);
  }
}
