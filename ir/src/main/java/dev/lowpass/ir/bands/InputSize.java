package dev.lowpass.ir.bands;

import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;

/** The size at which a network is to read a picture, and by which filter the picture gets it. */
public record InputSize(MapSize map, ResizeFilter filter) {
  /** The filter where none is named. */
  public static final ResizeFilter USUAL = ResizeFilter.CUBIC;

  /** That size, by the usual filter. */
  public static InputSize of(int height, int width) {
    return new InputSize(new MapSize(height, width), USUAL);
  }

  /** What gives a picture this size. */
  public Resize resize() {
    return new Resize(map.extents(), filter);
  }

  /** As in a bands file, {@code 192x160} or {@code 192x160 filter dct}. */
  @Override
  public String toString() {
    return filter == USUAL ? map.toString() : map + " filter " + filter;
  }
}
