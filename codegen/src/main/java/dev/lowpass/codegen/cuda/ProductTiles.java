package dev.lowpass.codegen.cuda;

import dev.lowpass.codegen.plan.value.Band;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.codegen.tir.Code;
import dev.lowpass.codegen.tir.Expr;
import dev.lowpass.runtime.tvm.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The rows of a product, cut into tiles: all rows of a band over all images are one line, so that a tile may span several
 * images and weights are read once for all of them. Tiles that need most channels come first, so that no multiprocessor is
 * left with the longest at the end.
 *
 * @param tiles how many there are
 * @param images how many have rows
 * @param words where each tile has its words: rows of its band in an image, the first of those, the tile's first on the
 *     band's line, the end there, channels
 */
record ProductTiles(int tiles, int images, int[] words) {
  private static final int WORDS = 5;

  private record Tile(Band band, int rows, int from, int first, int end) {
    IntStream words() {
      return IntStream.of(rows, from, first, end, band.channels());
    }
  }

  /** @param rows of a tile at most */
  static ProductTiles of(Layout.Slabbed map, List<Band> bands, int rows) {
    List<Tile> all = new ArrayList<>();
    for (Band band : bands) {
      int own = (band.to() - band.from()) * map.rowsOfGroup();
      int line = Math.multiplyExact(own, map.batch());
      for (int first = 0; first < line; first += rows) {
        all.add(new Tile(band, own, band.from() * map.rowsOfGroup(), first, Math.min(first + rows, line)));
      }
    }
    all.sort(Comparator.comparingInt((Tile tile) -> tile.band.channels()).reversed());
    return new ProductTiles(all.size(), map.batch(), all.stream().flatMapToInt(Tile::words).toArray());
  }

  /** A tile for each image, which has all of its rows. */
  static ProductTiles ofImages(Layout.Slabbed map, Band band) {
    IntStream words =
        IntStream.range(0, map.batch())
            .flatMap(image -> new Tile(band, map.rows(), 0, image * map.rows(), (image + 1) * map.rows()).words());
    return new ProductTiles(map.batch(), map.batch(), words.toArray());
  }

  /** The group's tile, as its items see it. */
  Place place(Code code, Buffer table, Expr tile) {
    Expr[] words = new Expr[WORDS];
    for (int i = 0; i < WORDS; i++) {
      OptionalInt same = common(i);
      words[i] =
          same.isPresent()
              ? Expr.i32(same.getAsInt())
              : code.let("word", table.load(tile.times(WORDS).plus(i)).reinterpret(DataType.I32));
    }
    return new Place(this, words[0], words[1], words[2], words[3], words[4]);
  }

  /** The word that all tiles have at {@code index}, if they have the same: code knows it then. */
  private OptionalInt common(int index) {
    IntStream all = IntStream.range(0, tiles).map(tile -> words[tile * WORDS + index]);
    return all.allMatch(word -> word == words[index]) ? OptionalInt.of(words[index]) : OptionalInt.empty();
  }

  /**
   * A tile.
   *
   * @param first its first row on the line of its band
   * @param end the row after its last
   * @param channels that its rows read
   */
  record Place(ProductTiles tiles, Expr rows, Expr from, Expr first, Expr end, Expr channels) {
    /** The image of a row of the line. */
    Expr image(Expr row) {
      return tiles.images == 1 ? Expr.i32(0) : row.quotient(rows);
    }

    /** Where in its image a row of the line lies. */
    Expr position(Expr row) {
      return from.plus(tiles.images == 1 ? row : row.remainder(rows));
    }
  }
}
