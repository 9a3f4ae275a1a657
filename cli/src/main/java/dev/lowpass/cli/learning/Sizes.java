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
   * These sizes, or where none is given the usual ones that the model bears.
   *
   * @throws LowpassException as {@link SourceNetwork#checkSize}, for a given size
   */
  public static List<Optional<InputSize>> among(List<MapSize> given, SourceNetwork network) {
    return given.isEmpty() ? usual(network) : of(given, network);
  }

  /** The model's own size, and smaller ones of the same shape down to half of it; the own one is empty. */
  private static List<Optional<InputSize>> usual(SourceNetwork network) {
    int height = network.height();
    int width = network.width();
    MapSize own = new MapSize(height, width);
    List<Optional<InputSize>> sizes = new ArrayList<>(List.of(Optional.empty()));
    int longer = Math.max(height, width);
    for (int side = longer - STEP; side >= longer / 2; side -= STEP) {
      boolean whole = (long) side * height % longer == 0 && (long) side * width % longer == 0;
      if (whole) {
        InputSize size = shrunk(new MapSize(side * height / longer, side * width / longer), own);
        if (network.bears(size)) {
          sizes.add(Optional.of(size));
        }
      }
    }
    return sizes;
  }

  /** These sizes, largest first; the model's own one is empty. */
  private static List<Optional<InputSize>> of(List<MapSize> given, SourceNetwork network) {
    MapSize own = new MapSize(network.height(), network.width());
    List<Optional<InputSize>> sizes =
        given.stream()
            .distinct()
            .sorted((a, b) -> Integer.compare(b.height() * b.width(), a.height() * a.width()))
            .map(size -> size.equals(own) ? Optional.<InputSize>empty() : Optional.of(shrunk(size, own)))
            .toList();
    sizes.forEach(size -> size.ifPresent(network::checkSize));
    return sizes;
  }

  /** By a change of grid, which reads best, where the sizes are in a simple ratio. */
  private static InputSize shrunk(MapSize size, MapSize own) {
    boolean grid =
        ResizeFilter.DCT.reaches(own.height(), size.height()) && ResizeFilter.DCT.reaches(own.width(), size.width());
    return new InputSize(size, grid ? ResizeFilter.DCT : InputSize.USUAL);
  }
}
