package dev.lowpass.codegen.cuda;

import dev.lowpass.passes.machine.PoolRule;
import java.util.List;

/**
 * The tile of a product in single precision: an item computes {@value #ITEM_ROWS} of the rows times {@value
 * #ITEM_CHANNELS} of the channels, in registers.
 */
record ProductTile(int rows, int channels, int parts, int slabs) implements Tile {
  static final int ITEM_ROWS = 8;
  static final int ITEM_CHANNELS = 4;

  /** From the one that reads least to the one that makes most groups. */
  private static final List<ProductTile> ALL =
      List.of(
          new ProductTile(128, 64, 1, 1),
          new ProductTile(64, 64, 2, 2),
          new ProductTile(64, 32, 4, 2),
          new ProductTile(32, 32, 8, 4),
          new ProductTile(16, 16, 16, 4));

  private static final List<ProductTile> NARROW =
      List.of(new ProductTile(256, 16, 1, 1), new ProductTile(64, 16, 8, 4), new ProductTile(16, 16, 16, 4));

  /** The largest that suits a product of so many rows and outputs, in lanes. */
  static ProductTile of(long rows, int lanes) {
    List<ProductTile> tiles = lanes <= 16 ? NARROW : ALL;
    return tiles.stream().filter(tile -> tile.suits(rows, lanes)).findFirst().orElse(tiles.getLast());
  }

  /** Whose rows are an image. */
  private static final List<ProductTile> POOLED =
      List.of(
          new ProductTile(PoolRule.ROWS, 64, 2, 2),
          new ProductTile(PoolRule.ROWS, 32, 4, 2),
          new ProductTile(PoolRule.ROWS, 16, 8, 4));

  /** The one that suits a product of so many images, of which it makes the mean. */
  static ProductTile pooled(int images, int lanes) {
    long rows = (long) images * PoolRule.ROWS;
    return POOLED.stream().filter(tile -> tile.suits(rows, lanes)).findFirst().orElse(POOLED.getLast());
  }

  /** Items along the channels. */
  int across() {
    return channels / ITEM_CHANNELS;
  }

  @Override
  public int itemsOfPart() {
    return across() * (rows / ITEM_ROWS);
  }
}
