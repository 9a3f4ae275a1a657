package dev.lowpass.passes.machine;

/**
 * What is near to a core and what is far, in float32 elements.
 *
 * @param near what stays in the first-level cache from one kernel to the next
 * @param task what one task may fill of the second-level cache
 * @param farMap elements of a map from which on it leaves the second-level cache between one kernel and the next
 * @param farPair elements of the maps of two slabs, which one kernel inverts at once, from which on they leave it
 * @param panel channels whose weights for two vectors of outputs fill the first-level cache
 */
public record Caches(int near, int task, long farMap, long farPair, int panel) {
  /** Of a machine on which no kernel counts on a cache. */
  static final Caches NONE = new Caches(0, 0, 0, 0, 0);
}
