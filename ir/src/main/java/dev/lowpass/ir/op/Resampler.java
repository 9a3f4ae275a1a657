package dev.lowpass.ir.op;

/** By which weights {@link Resize} makes the axes of a map longer or shorter. */
public sealed interface Resampler permits ResizeFilter, Interpolation {
  /** Along one axis, before or after. */
  int MOST_SAMPLES = 1 << 18;

  /**
   * The weights of an axis of {@code inputs} samples that becomes one of {@code outputs}.
   *
   * @param axis 0 along the height, 1 along the width
   * @throws IllegalArgumentException for lengths between which there is no way
   */
  Taps taps(int axis, int inputs, int outputs);

  /** Refuses what {@link #taps} does. */
  void check(int axis, int inputs, int outputs);

  /**
   * Refuses lengths that are none.
   *
   * @throws IllegalArgumentException for them
   */
  static void checkLengths(int inputs, long outputs) {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException("an axis of " + inputs + " samples cannot become one of " + outputs);
    }
  }

  /**
   * Refuses lengths of which there would be more weights than memory: each sample that is made has its own.
   *
   * @throws IllegalArgumentException for them
   */
  static void checkSamples(int inputs, int outputs) {
    if (Math.max(inputs, outputs) > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "an axis of %d samples becomes one of %d; at most %d are resized".formatted(inputs, outputs, MOST_SAMPLES));
    }
  }

  /** What IR text says of it. */
  Attributes attributes();

  /** What {@link #attributes} came from. */
  static Resampler parse(Attributes attributes) {
    return attributes.entries().containsKey("kernel")
        ? Interpolation.parse(attributes)
        : attributes.word("filter", ResizeFilter::parse, "cubic, linear or dct");
  }
}
