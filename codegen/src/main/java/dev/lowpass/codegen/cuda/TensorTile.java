package dev.lowpass.codegen.cuda;

import dev.lowpass.ir.Precision;
import java.util.List;

/**
 * The tile of a product on tensor cores: a warp computes {@value #WARP_ROWS} of the rows times {@value #WARP_CHANNELS} of
 * the channels, or all of them where there are fewer.
 */
record TensorTile(int rows, int channels, int parts, int slabs) implements Tile {
  static final int WARP = 32;
  static final int WARP_ROWS = 32;
  private static final int WARP_CHANNELS = 32;

  /** From the one that reads least to the one that makes most groups, of numbers of 16 bits. */
  private static final List<TensorTile> ALL =
      List.of(
          new TensorTile(128, 64, 1, 2),
          new TensorTile(64, 64, 1, 2),
          new TensorTile(64, 32, 2, 4),
          new TensorTile(32, 32, 4, 4),
          new TensorTile(32, 16, 4, 4));

  private static final List<TensorTile> NARROW = List.of(new TensorTile(128, 16, 1, 2), new TensorTile(32, 16, 4, 4));

  /** The largest that suits a product of so many rows and outputs, in lanes. */
  static TensorTile of(Precision precision, long rows, int lanes) {
    List<TensorTile> tiles = lanes <= 16 ? NARROW : ALL;
    TensorTile found = tiles.stream().filter(tile -> tile.suits(rows, lanes)).findFirst().orElse(tiles.getLast());
    return precision.width() == Short.SIZE ? found : found.ofWords();
  }

  /** Numbers of 32 bits fill shared memory twice as fast: turns are half as long where all parts have a slab then. */
  private TensorTile ofWords() {
    return new TensorTile(rows, channels, parts, Math.max(parts, slabs / 2));
  }

  int warpChannels() {
    return Math.min(WARP_CHANNELS, channels);
  }

  /** Warps along the channels. */
  int across() {
    return channels / warpChannels();
  }

  @Override
  public int itemsOfPart() {
    return WARP * across() * (rows / WARP_ROWS);
  }
}
