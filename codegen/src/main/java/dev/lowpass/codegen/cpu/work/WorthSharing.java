package dev.lowpass.codegen.cpu.work;

/**
 * How much work a step must be, as measured, for two workers to do it faster than one: to wait for the other, and to
 * fetch from its cache, takes some microseconds. Kinds of work differ in how much of it takes so long.
 */
public enum WorthSharing {
  /** Multiply-adds. */
  PRODUCT(200_000),
  /** Multiply-adds, of which fewer are done at a time. */
  CONVOLUTION(100_000),
  /** Elements. */
  TRANSFORM(1 << 14),
  /** Items of a function of elements. */
  ELEMENTS(7 * 1024 + 1);

  private final long least;

  WorthSharing(long least) {
    this.least = least;
  }

  /** Whether so much is worth it. */
  public boolean is(long amount) {
    return amount >= least;
  }

  /** Tasks for neighbours where so much is worth it, else for one worker alone. */
  public Entry.Deal deal(long amount) {
    return is(amount) ? Entry.Deal.NEIGHBOURS : Entry.Deal.ALONE;
  }
}
