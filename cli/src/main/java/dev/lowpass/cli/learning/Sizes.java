package dev.lowpass.cli.learning;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.op.ResizeFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sizes of the picture among which is chosen. */
public final class Sizes {
  /** Samples by which the longer side is shortened from one size to the next: half of the usual networks' last step. */
  private static final int STEP = 16;

  private Sizes() {}

  /**
   * These sizes, or the usual ones where none is given.
   *
   * @throws LowpassException LP7052 for one that is larger than the model's
   */
  public static List<Optional<InputSize>> among(List<MapSize> given, int height, int width) {
    return given.isEmpty() ? usual(height, width) : of(given, height, width);
  }

  /** The model's own size, and smaller ones of the same shape down to half of it; the own one is empty. */
  private static List<Optional<InputSize>> usual(int height, int width) {
    List<Optional<InputSize>> sizes = new ArrayList<>(List.of(Optional.empty()));
    int longer = Math.max(height, width);
    for (int side = longer - STEP; side >= longer / 2; side -= STEP) {
      boolean whole = (long) side * height % longer == 0 && (long) side * width % longer == 0;
      if (whole) {
        MapSize size = new MapSize(side * height / longer, side * width / longer);
        sizes.add(Optional.of(shrunk(size, height, width)));
      }
    }
    return sizes;
  }

  /** These sizes, largest first; the model's own one is empty. */
  private static List<Optional<InputSize>> of(List<MapSize> given, int height, int width) {
    for (MapSize size : given) {
      if (size.height() > height || size.width() > width) {
        throw new LowpassException(
            "LP7052", "--sizes " + size, "is larger than %dx%d, which the model takes".formatted(height, width));
      }
    }
    return given.stream()
        .distinct()
        .sorted((a, b) -> Integer.compare(b.height() * b.width(), a.height() * a.width()))
        .map(
            size ->
                size.equals(new MapSize(height, width))
                    ? Optional.<InputSize>empty()
                    : Optional.of(shrunk(size, height, width)))
        .toList();
  }

  /** By a change of grid, which reads best, where the sizes are in a simple ratio. */
  private static InputSize shrunk(MapSize size, int height, int width) {
    boolean grid =
        ResizeFilter.DCT.reaches(height, size.height()) && ResizeFilter.DCT.reaches(width, size.width());
    return new InputSize(size, grid ? ResizeFilter.DCT : InputSize.USUAL);
  }
}
