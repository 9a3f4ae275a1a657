package dev.lowpass.codegen.cpu.move;

/**
 * One loop of a copy.
 *
 * @param extent how often it goes around, at least once
 * @param target elements from one place of the target to the next
 * @param source elements from one place of the source to the next, besides what its channel says
 * @param channel how many channels of the source it goes on each time; see {@link Copy#channels}
 */
record Digit(int extent, long target, long source, int channel) {
  Digit {
    if (extent < 1) {
      throw new IllegalArgumentException("a loop that goes around " + extent + " times");
    }
  }

  /** This loop around {@code inner} as one loop would go through the same places. */
  boolean continues(Digit inner) {
    return target == inner.target * inner.extent
        && source == inner.source * inner.extent
        && channel == inner.channel * inner.extent;
  }

  Digit around(Digit inner) {
    return new Digit(extent * inner.extent, inner.target, inner.source, inner.channel);
  }

  /** The same with its channels as a stride of {@code elements}. */
  Digit withStride(long elements) {
    return new Digit(extent, target, source + elements, 0);
  }
}
