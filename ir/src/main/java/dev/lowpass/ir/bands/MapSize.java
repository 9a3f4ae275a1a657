package dev.lowpass.ir.bands;

import java.util.List;

/** The extents of a map, in samples. Prints as {@code 192x160}, height first. */
public record MapSize(int height, int width) {
  /** The largest side: no network reads larger pictures, and untrusted text must not ask for one. */
  public static final int MAX_SIDE = 1 << 14;

  public MapSize {
    if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
      throw new IllegalArgumentException("a map has sides of 1 to " + MAX_SIDE + ", not " + height + "x" + width);
    }
  }

  /**
   * Reads {@code 192x160}.
   *
   * @throws IllegalArgumentException for other text and for sides that no map has
   */
  public static MapSize parse(String text) {
    String[] sides = text.split("x", -1);
    try {
      if (sides.length == 2) {
        return new MapSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
      }
    } catch (NumberFormatException ignored) {
      // Reported below with the texts that are not two numbers.
    }
    throw new IllegalArgumentException("a map has sides of 1 to " + MAX_SIDE + ", written 192x160");
  }

  /** [height, width]. */
  public List<Integer> extents() {
    return List.of(height, width);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
