package dev.lowpass.passes.machine;

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
 */
public record SpectralTile(SpectralDepthwise layer, int height, int lanes) {
  private static final int VECTOR = 4;
  private static final int WARP = 32;
  private static final int MOST_ITEMS = 256;

  /** What a group has without asking for more. */
  private static final int MOST_SHARED_BYTES = 48 << 10;

  /** An item keeps a line of a block with what it is transformed into, of four channels: more do not fit its registers. */
  private static final int LONGEST_LINE = 8;

  /** Neighbouring outputs of an item, of four channels: as many sums as registers suffice for. */
  private static final int MOST_COLUMNS = 8;

  private static final int LEAST_COLUMNS = 4;
  private static final int[] LANES = {4, 8, 16};

  /** For each multiply-add of a convolution: a load for two to four of them, and addresses. */
  private static final double DEPTHWISE_INSTRUCTIONS = 1.5;

  /** An item for every phase: where its line lies, and waiting for others. */
  private static final int LINE_INSTRUCTIONS = 40;

  /** Phases of separate kernels have less to do for an address. */
  private static final double SEPARATE_DEPTHWISE_INSTRUCTIONS = 3;

  /** All that fit; none where lines of a block are longer than an item can hold. */
  static List<SpectralTile> of(SpectralDepthwise layer) {
    List<SpectralTile> found = new ArrayList<>();
    int unit = layer.forward().map(forward -> forward.block().height()).orElse(1);
    for (int height = unit; height <= layer.outputExtent(0); height += unit) {
      for (int lanes : LANES) {
        SpectralTile tile = new SpectralTile(layer, height, lanes);
        if (layer.outputExtent(0) % height == 0 && tile.fits()) {
          found.add(tile);
        }
      }
    }
    return found;
  }

  private boolean fits() {
    return hasShortLines() && strips() <= MOST_ITEMS && (long) cells() * lanes * Float.BYTES <= MOST_SHARED_BYTES;
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

  /** As many as have something to do most of the time. */
  public int items() {
    int lines = strips();
    if (layer.inverse().isPresent()) {
      SpectralDepthwise.Transform inverse = layer.inverse().orElseThrow();
      lines = Math.max(lines, blockRows() * layer.width() * vectors());
      lines = Math.max(lines, mapRows() * layer.width() / inverse.block().width() * vectors());
    }
    if (layer.forward().isPresent()) {
      lines = Math.max(lines, height / layer.forward().orElseThrow().block().height() * layer.outputExtent(1) * vectors());
    }
    int turns = Math.ceilDiv(lines, MOST_ITEMS);
    return Math.ceilDiv(Math.max(strips(), Math.ceilDiv(lines, turns)), WARP) * WARP;
  }

  /** Bytes that groups read: rows of blocks at the border of two tiles twice. */
  long bytesRead() {
    int rows =
        layer.inverse().map(inverse -> blockRows() * inverse.block().height()).orElse(Math.min(mapRows(), layer.height()));
    return layer.bytesRead() * tiles() * rows / layer.height();
  }

  /** Instructions of a group, for which its warps take turns. */
  double instructions() {
    double inverse =
        layer.inverse()
            .map(transform -> arithmetic(transform, (double) blockRows() * transform.block().height() * layer.width()))
            .orElse(0.0);
    double forward =
        layer.forward().map(transform -> arithmetic(transform, (double) height * layer.outputExtent(1))).orElse(0.0);
    double deep = DEPTHWISE_INSTRUCTIONS * layer.window().taps() * height * layer.outputExtent(1);
    return (inverse + forward + deep) * lanes + (double) items() * LINE_INSTRUCTIONS * (2 * layer.transforms() + 2);
  }

  /** Instructions for {@code layer} if each of its operators is a kernel of its own, of which one does several channels alone. */
  static double separate(SpectralDepthwise layer) {
    double positions = (double) layer.images() * layer.slabs() * Machine.SLAB;
    double map = (double) layer.height() * layer.width();
    double outputs = (double) layer.outputExtent(0) * layer.outputExtent(1);
    double inverse = layer.inverse().map(transform -> arithmetic(transform, map)).orElse(0.0);
    double forward = layer.forward().map(transform -> arithmetic(transform, outputs)).orElse(0.0);
    return positions * (inverse + forward + SEPARATE_DEPTHWISE_INSTRUCTIONS * layer.window().taps() * outputs);
  }

  /** Of a block's transform, by even and odd symmetry: half as many multiply-adds as lines are long, in both directions. */
  private static double arithmetic(SpectralDepthwise.Transform transform, double positions) {
    return positions * (transform.block().height() + transform.block().width()) / 2;
  }
}
