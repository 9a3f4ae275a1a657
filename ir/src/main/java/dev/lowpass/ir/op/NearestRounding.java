package dev.lowpass.ir.op;

import java.util.Locale;

/** Which input is the nearest of a place between two (ONNX Resize, nearest_mode). */
public enum NearestRounding {
  ROUND_PREFER_FLOOR,
  ROUND_PREFER_CEIL,
  FLOOR,
  CEIL,
  /** The next one where the axis becomes shorter, else the one before: before opset 11, which has no word for it. */
  OUTWARD;

  /** @param scale outputs for each input */
  long of(float place, float scale) {
    return (long)
        switch (this) {
          case ROUND_PREFER_FLOOR -> Math.ceil(place - 0.5);
          case ROUND_PREFER_CEIL -> Math.floor(place + 0.5);
          case FLOOR -> Math.floor(place);
          case CEIL -> Math.ceil(place);
          case OUTWARD -> scale < 1 ? Math.ceil(place) : Math.floor(place);
        };
  }

  /** The one that ONNX or IR text calls {@code text}. */
  public static NearestRounding parse(String text) {
    for (NearestRounding rounding : values()) {
      if (rounding.toString().equals(text)) {
        return rounding;
      }
    }
    throw new IllegalArgumentException("no way '" + text + "' to round to the nearest");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
