package dev.lowpass.ir.onnx.operator;

/**
 * What Resize makes of one axis.
 *
 * @param scale outputs for each input
 * @param start where ONNX's region begins, in parts of the axis; likewise {@code end}
 */
record ResizedAxis(int inputs, int outputs, float scale, float start, float end) {
  ResizedAxis {
    boolean fits = inputs >= 1 && outputs >= 1 && scale > 0 && Float.isFinite(scale);
    if (!fits || !Float.isFinite(start) || !Float.isFinite(end)) {
      throw new IllegalArgumentException(
          "an axis of %d samples, of which %s to %s become %d, times %s".formatted(inputs, start, end, outputs, scale));
    }
  }

  static ResizedAxis same(int extent) {
    return new ResizedAxis(Math.max(extent, 1), Math.max(extent, 1), 1, 0, 1);
  }

  static ResizedAxis sized(int inputs, int outputs) {
    return new ResizedAxis(inputs, outputs, (float) outputs / inputs, 0, 1);
  }

  static ResizedAxis scaled(int inputs, float scale) {
    return new ResizedAxis(inputs, extent(inputs * scale), scale, 0, 1);
  }

  /** With the extent that is the closest, halves up. */
  static ResizedAxis rounded(int inputs, float scale) {
    return new ResizedAxis(inputs, extent((float) Math.floor(inputs * scale + 0.5)), scale, 0, 1);
  }

  private static int extent(float outputs) {
    if (!(outputs < Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("an extent of " + outputs);
    }
    return (int) outputs;
  }

  /** @param scaled whether the extent follows from the scale: there are fewer outputs of a part of the axis */
  ResizedAxis reading(float regionStart, float regionEnd, boolean scaled) {
    int count = scaled ? extent((float) Math.floor(inputs * (regionEnd - regionStart) * scale)) : outputs;
    return new ResizedAxis(inputs, count, scale, regionStart, regionEnd);
  }

  boolean isWhole() {
    return start == 0 && end == 1;
  }

  /** Whether every output is the input of its number. */
  boolean isSame() {
    return inputs == outputs && scale == 1 && isWhole();
  }
}
