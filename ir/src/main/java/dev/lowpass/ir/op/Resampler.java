package dev.lowpass.ir.op;

/** By which weights {@link Resize} makes the axes of a map longer or shorter. */
public sealed interface Resampler permits ResizeFilter, Interpolation {
  /**
   * The weights of an axis of {@code inputs} samples that becomes one of {@code outputs}.
   *
   * @param axis 0 along the height, 1 along the width
   * @throws IllegalArgumentException for lengths between which there is no way
   */
  Taps taps(int axis, int inputs, int outputs);

  /** Refuses what {@link #taps} does. */
  void check(int axis, int inputs, int outputs);

  /** What IR text says of it. */
  Attributes attributes();

  /** What {@link #attributes} came from. */
  static Resampler parse(Attributes attributes) {
    return attributes.entries().containsKey("kernel")
        ? Interpolation.parse(attributes)
        : attributes.word("filter", ResizeFilter::parse, "cubic, linear or dct");
  }
}
