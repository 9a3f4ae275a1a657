package dev.lowpass.codegen.cuda;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import java.util.List;

/**
 * How a product is cut. A group of work-items computes {@code rows} of the output times {@code channels}; an item computes
 * {@value #ITEM_ROWS} of the rows times {@value #ITEM_CHANNELS} of the channels, in registers.
 *
 * @param parts into which the numbers of each turn are cut, for as many items each
 * @param slabs of a row that a turn stages. Where there are few rows, many items take many numbers a turn: what they wait
 *     for memory, they wait together
 */
record ProductTile(int rows, int channels, int parts, int slabs) {
  static final int ITEM_ROWS = 8;
  static final int ITEM_CHANNELS = 4;

  /** Groups that keep a large device busy: where a tile leaves fewer, a smaller one is taken. */
  private static final int GROUPS_WANTED = 132;

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

  /** The largest that leaves enough groups of a product of so many rows and outputs, in lanes. */
  static ProductTile of(long rows, int lanes) {
    List<ProductTile> tiles = lanes <= 16 ? NARROW : ALL;
    for (ProductTile tile : tiles) {
      boolean wastes = tile.channels >= 2 * lanes;
      long groups = Math.ceilDiv(rows, tile.rows) * Math.ceilDiv(lanes, tile.channels);
      if (!wastes && groups >= GROUPS_WANTED) {
        return tile;
      }
    }
    return tiles.getLast();
  }

  /** Items along the channels. */
  int across() {
    return channels / ITEM_CHANNELS;
  }

  /** Items that together have each sum once. */
  int itemsOfPart() {
    return across() * (rows / ITEM_ROWS);
  }

  /** Numbers of a row that a turn stages. */
  int depth() {
    return slabs * LANES;
  }

  int items() {
    return itemsOfPart() * parts;
  }
}
