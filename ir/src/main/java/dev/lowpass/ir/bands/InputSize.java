package dev.lowpass.ir.bands;

import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import java.util.List;
import java.util.Optional;

/**
 * The size at which a network is to read a picture.
 *
 * @param crop the middle of the picture that is read, of {@code map} or larger; empty for all of it
 * @param filter by which that gets the size
 */
public record InputSize(MapSize map, Optional<MapSize> crop, ResizeFilter filter) {
  /** The filter where none is named. */
  public static final ResizeFilter USUAL = ResizeFilter.CUBIC;

  public InputSize {
    if (crop.isPresent() && (crop.get().height() < map.height() || crop.get().width() < map.width())) {
      throw new IllegalArgumentException("the middle %s is smaller than %s".formatted(crop.get(), map));
    }
  }

  /** Of the whole picture. */
  public InputSize(MapSize map, ResizeFilter filter) {
    this(map, Optional.empty(), filter);
  }

  /** That size, by the usual filter. */
  public static InputSize of(int height, int width) {
    return new InputSize(new MapSize(height, width), USUAL);
  }

  /** What gives a picture this size. */
  public Resize resize() {
    return new Resize(map.extents(), crop.map(MapSize::extents).orElse(List.of()), filter);
  }

  /** As in a bands file, {@code 192x160} or {@code 192x160 crop 208x192 filter dct}. */
  @Override
  public String toString() {
    return map + crop.map(middle -> " crop " + middle).orElse("") + (filter == USUAL ? "" : " filter " + filter);
  }
}
