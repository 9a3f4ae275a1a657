package dev.lowpass.cli.learning;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.op.ResizeFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sizes of the picture among which is chosen. */
public final class Sizes {
  /** Samples by which the longer side is shortened from one size to the next: half of the usual networks' last step. */
  private static final int STEP = 16;

  /** How many middles of a picture are tried beside the whole of it, each a step smaller. */
  private static final int MIDDLES = 2;

  private Sizes() {}

  /**
   * Reads {@code 192x160}, a size for the whole picture, or {@code 192x160/208x192}, one for its middle of 208x192.
   *
   * @throws IllegalArgumentException for other text, and for a middle that is smaller than the size
   */
  public static InputSize parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new InputSize(MapSize.parse(text), InputSize.USUAL);
    }
    MapSize middle = MapSize.parse(text.substring(slash + 1));
    return new InputSize(MapSize.parse(text.substring(0, slash)), Optional.of(middle), InputSize.USUAL);
  }

  /**
   * These sizes, or where none is given the usual ones that the model bears; the model's own is empty.
   *
   * @param given their filters are not looked at
   * @return largest first, those of the same size side by side
   * @throws LowpassException LP7052 for a middle that is larger than the model's pictures, else as {@link
   *     SourceNetwork#checkSize}, for a given size
   */
  public static List<Optional<InputSize>> among(List<InputSize> given, SourceNetwork network) {
    return given.isEmpty() ? usual(network) : of(given, network);
  }

  /**
   * The model's own size, and smaller ones of the same shape down to half of it. Of a model that classifies also those
   * for the middle of the picture: what is classified lies there, and is shrunk less.
   */
  private static List<Optional<InputSize>> usual(SourceNetwork network) {
    MapSize own = network.size();
    int longer = Math.max(own.height(), own.width());
    List<Optional<InputSize>> sizes = new ArrayList<>(List.of(Optional.empty()));
    for (int side = longer - STEP; side >= longer / 2; side -= STEP) {
      Optional<InputSize> size = alike(own, side).map(map -> shrunk(map, Optional.empty(), own));
      if (size.filter(network::bears).isPresent()) {
        sizes.add(size);
        if (network.classes() > 0) {
          sizes.addAll(middles(size.get().map(), own));
        }
      }
    }
    return sizes;
  }

  private static List<Optional<InputSize>> middles(MapSize size, MapSize own) {
    List<Optional<InputSize>> sizes = new ArrayList<>();
    for (int i = 1; i <= MIDDLES; i++) {
      Optional<MapSize> middle = alike(own, Math.max(own.height(), own.width()) - i * STEP);
      if (middle.isPresent() && middle.get().height() >= size.height()) {
        sizes.add(Optional.of(shrunk(size, middle, own)));
      }
    }
    return sizes;
  }

  /** The size of the same shape as {@code own} whose longer side is {@code side}, if its sides are whole. */
  private static Optional<MapSize> alike(MapSize own, int side) {
    int longer = Math.max(own.height(), own.width());
    boolean whole = (long) side * own.height() % longer == 0 && (long) side * own.width() % longer == 0;
    return whole && side > 0
        ? Optional.of(new MapSize(side * own.height() / longer, side * own.width() / longer))
        : Optional.empty();
  }

  private static List<Optional<InputSize>> of(List<InputSize> given, SourceNetwork network) {
    MapSize own = network.size();
    List<Optional<InputSize>> sizes =
        given.stream()
            .distinct()
            .sorted(Comparator.comparingInt((InputSize size) -> -size.map().height() * size.map().width()))
            .map(size -> given(size, own))
            .toList();
    sizes.forEach(size -> size.ifPresent(network::checkSize));
    return sizes;
  }

  private static Optional<InputSize> given(InputSize size, MapSize own) {
    MapSize read = size.crop().orElse(own);
    if (read.height() > own.height() || read.width() > own.width()) {
      throw new LowpassException(
          "LP7052", "--sizes " + size.map() + "/" + read, "is more than the model's pictures of " + own);
    }
    return size.map().equals(own) ? Optional.empty() : Optional.of(shrunk(size.map(), size.crop(), own));
  }

  /** By a change of grid, which reads best, where the sizes are in a simple ratio. */
  private static InputSize shrunk(MapSize size, Optional<MapSize> crop, MapSize own) {
    MapSize read = crop.orElse(own);
    boolean grid =
        ResizeFilter.DCT.reaches(read.height(), size.height()) && ResizeFilter.DCT.reaches(read.width(), size.width());
    return new InputSize(size, crop, grid ? ResizeFilter.DCT : InputSize.USUAL);
  }
}
