package dev.lowpass.passes.machine;

/**
 * What decides how much one kernel of a device does.
 *
 * @param multiprocessors of the device
 * @param launch instructions that a multiprocessor executes, one for each item, in the time in which a kernel begins
 * @param bytes the same for a byte that goes through memory
 */
record DevicePrices(int multiprocessors, double launch, double bytes) {
  /**
   * By an H200's data sheet, and the prices derived from it: 132 multiprocessors of 128 multiply-adds a cycle, of which
   * products reach half, so 127 in a nanosecond; 800 ns for a launch; 4.3 TB/s.
   */
  static final DevicePrices H200 = new DevicePrices(132, 101_600, 0.0295);
}
