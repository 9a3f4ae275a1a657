package dev.lowpass.passes.machine;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * How a device cuts a {@link SpectralDepthwise}: a group of work-items makes {@link #height} rows of outputs, whole blocks
 * where the output is coefficients, for {@link #lanes} channels of one slab. It keeps all rows of the map that these read
 * in shared memory, with the zeros beside the map. An item has four channels.
 *
 * @param height rows of outputs, of which there is a whole number of times as many
 * @param lanes channels of a group, a part of a slab
 * @param items work-items of a group, each of which has neighbouring outputs of one row at most
 */
public record SpectralTile(SpectralDepthwise layer, int height, int lanes, int items) {
  private static final int VECTOR = 4;

  /** What a group has without asking for more. */
  private static final int MOST_SHARED_BYTES = 48 << 10;

  /** As many as leave room for 16 warps on a multiprocessor of sm_80, which has 164 KiB. */
  private static final int SHARED_BYTES_OF_ITEM = (160 << 10) / (16 * 32);

  /** An item keeps a line of a block with what it is transformed into, of four channels: more do not fit its registers. */
  private static final int LONGEST_LINE = 8;

  /** Neighbouring outputs of an item, of four channels: as many sums as registers suffice for. */
  private static final int MOST_COLUMNS = 8;

  private static final int LEAST_COLUMNS = 4;
  private static final int[] LANES = {4, 8, 16};

  /** Warps fill a multiprocessor's four parts evenly where their number is a power of two. */
  private static final int[] ITEMS = {32, 64, 128, 256};

  /** For each multiply-add of a convolution: a load for two to four of them, and addresses. */
  private static final double DEPTHWISE_INSTRUCTIONS = 1.5;

  /** As {@link BlockTile} has it, where samples come from memory. */
  private static final double SEPARATE_DEPTHWISE_INSTRUCTIONS = 3;

  /** Of an item for a line or a position: where it lies, and waiting for others. */
  private static final int PIECE_INSTRUCTIONS = 30;

  /** All that fit; none where lines of a block are longer than an item can hold. */
  static List<SpectralTile> of(SpectralDepthwise layer) {
    List<SpectralTile> found = new ArrayList<>();
    int unit = layer.forward().map(forward -> forward.block().height()).orElse(1);
    for (int height = unit; height <= layer.outputExtent(0); height += unit) {
      for (int lanes : LANES) {
        for (int items : ITEMS) {
          SpectralTile tile = new SpectralTile(layer, height, lanes, items);
          if (layer.outputExtent(0) % height == 0 && tile.fits()) {
            found.add(tile);
          }
        }
      }
    }
    return found;
  }

  private boolean fits() {
    return hasShortLines()
        && strips() <= items
        && (items == ITEMS[0] || items < 2 * mostPieces())
        && sharedBytes() <= Math.min(MOST_SHARED_BYTES, items * SHARED_BYTES_OF_ITEM);
  }

  private long sharedBytes() {
    return (long) cells() * lanes * Float.BYTES;
  }

  private boolean hasShortLines() {
    return layer.inverse().stream().allMatch(SpectralTile::isShort)
        && layer.forward().stream().allMatch(SpectralTile::isShort);
  }

  private static boolean isShort(SpectralDepthwise.Transform transform) {
    return Math.max(transform.block().height(), transform.block().width()) <= LONGEST_LINE;
  }

  /** Groups, one below the other, of all rows of outputs. */
  public int tiles() {
    return layer.outputExtent(0) / height;
  }

  /** Groups that have a part of a slab's channels each. */
  public int parts() {
    return Machine.SLAB / lanes;
  }

  /** Of all images. */
  public int groups() {
    return Math.multiplyExact(Math.multiplyExact(layer.images(), layer.slabs()), tiles() * parts());
  }

  /** Vectors of a group's channels. */
  public int vectors() {
    return lanes / VECTOR;
  }

  /** Outputs in a row that an item computes. */
  public int columns() {
    int width = layer.outputExtent(1);
    int best = Math.min(width, MOST_COLUMNS);
    for (int columns = best; columns >= Math.min(width, LEAST_COLUMNS); columns--) {
      if (computed(width, columns) < computed(width, best)) {
        best = columns;
      }
    }
    return best;
  }

  private static int computed(int width, int columns) {
    return Math.ceilDiv(width, columns) * columns;
  }

  /** Items that compute outputs of a row. */
  public int stripsOfRow() {
    return Math.ceilDiv(layer.outputExtent(1), columns());
  }

  /** Items that convolve. */
  public int strips() {
    return height * stripsOfRow() * vectors();
  }

  /** Rows of the map in shared memory, those included that lie beside the map. */
  public int mapRows() {
    return (height - 1) * layer.window().stride(0) + layer.window().reach(0);
  }

  /** Positions of a row in shared memory: all of the map's row, and what strips read beside it. */
  public int mapColumns() {
    Window window = layer.window();
    int read = (stripsOfRow() * columns() - 1) * window.stride(1) + window.reach(1);
    return Math.max(read, window.before(1) + layer.width());
  }

  /** Positions in shared memory. */
  public int cells() {
    return mapRows() * mapColumns();
  }

  /** Rows of the input's blocks that the tile with most of them reads. */
  public int blockRows() {
    int side = layer.inverse().orElseThrow().block().height();
    int most = 1;
    for (int tile = 0; tile < tiles(); tile++) {
      int from = tile * height * layer.window().stride(0) - layer.window().before(0);
      int last = Math.min(from + mapRows(), layer.height()) - 1;
      most = Math.max(most, last / side - Math.max(from, 0) / side + 1);
    }
    return most;
  }

  /** Bytes that groups read: rows of blocks at the border of two tiles twice. */
  long bytesRead() {
    int rows =
        layer.inverse().map(inverse -> blockRows() * inverse.block().height()).orElse(Math.min(mapRows(), layer.height()));
    return layer.bytesRead() * tiles() * rows / layer.height();
  }

  /** Of the phase with most of them: of more than twice as many items half would have nothing to do. */
  private int mostPieces() {
    int most = strips();
    if (layer.inverse().isPresent()) {
      Block block = layer.inverse().orElseThrow().block();
      most = Math.max(most, Math.max(blockRows() * layer.width(), mapRows() * layer.width() / block.width()) * vectors());
    }
    if (layer.forward().isPresent()) {
      Block block = layer.forward().orElseThrow().block();
      most = Math.max(most, height * layer.outputExtent(1) / Math.min(block.height(), block.width()) * vectors());
    }
    return most;
  }

  /** Instructions of a group, for which its warps take turns. */
  double instructions() {
    double deep = shared(strips(), columns() * layer.window().taps() * DEPTHWISE_INSTRUCTIONS);
    double inverse = layer.inverse().map(transform -> inverse(transform.block())).orElse(0.0);
    double forward = layer.forward().map(transform -> forward(transform.block())).orElse(0.0);
    return shared(cells() * vectors(), 0) + inverse + deep + forward;
  }

  private double inverse(Block block) {
    int across = layer.width() / block.width();
    return shared(blockRows() * layer.width() * vectors(), arithmetic(block.height()))
        + shared(mapRows() * across * vectors(), arithmetic(block.width()));
  }

  private double forward(Block block) {
    int across = layer.outputExtent(1) / block.width();
    return shared(height * across * vectors(), arithmetic(block.width()))
        + shared(height / block.height() * layer.outputExtent(1) * vectors(), arithmetic(block.height()));
  }

  /** Of so many pieces of work of {@code each} multiply-adds of four channels, which the items share. */
  private double shared(int pieces, double each) {
    return (double) Math.ceilDiv(pieces, items) * items * (PIECE_INSTRUCTIONS + VECTOR * each);
  }

  /** Instructions for {@code layer} if each of its operators is a kernel of its own. */
  static double separate(SpectralDepthwise layer) {
    double channels = (double) layer.images() * layer.slabs() * Machine.SLAB;
    double map = (double) layer.height() * layer.width();
    double outputs = (double) layer.outputExtent(0) * layer.outputExtent(1);
    double inverse = layer.inverse().map(transform -> map * separate(transform.block())).orElse(0.0);
    double forward = layer.forward().map(transform -> outputs * separate(transform.block())).orElse(0.0);
    return channels * (inverse + forward + SEPARATE_DEPTHWISE_INSTRUCTIONS * layer.window().taps() * outputs);
  }

  /** For a sample, in both directions; items have one channel each, and a line's address as often. */
  private static double separate(Block block) {
    return (arithmetic(block.height()) + PIECE_INSTRUCTIONS) / block.height()
        + (arithmetic(block.width()) + PIECE_INSTRUCTIONS) / block.width();
  }

  /** Multiply-adds and additions of a line's transform, by even and odd symmetry. */
  private static double arithmetic(int line) {
    return line * line / 2.0 + line;
  }
}
