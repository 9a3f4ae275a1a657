package dev.lowpass.passes.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * How a device cuts a {@link WholeBlock}: a group of work-items makes all channels of {@link #height} x {@link #width}
 * outputs. It goes through the hidden channels by chunks, of which it computes what these outputs read. Numbers are
 * float32, four of them are a vector.
 *
 * @param height outputs of a group, one below the other
 * @param width outputs of a group, side by side
 * @param chunk hidden channels at a time, some times 16
 * @param items work-items of a group
 * @param mapRows positions of the expanded map that an item computes of four channels, a multiple of four
 * @param rows outputs that an item computes of four channels, a multiple of four
 */
public record BlockTile(WholeBlock block, int height, int width, int chunk, int items, int mapRows, int rows) {
  private static final int VECTOR = 4;

  /** Items that take every turn together. */
  static final int WARP = 32;

  /** Numbers beyond a row of them in shared memory, so that fewer share a bank. */
  private static final int PADDING = 4;

  /** What a group has without asking for more, but for some that is lost between buffers. */
  private static final int MOST_SHARED_BYTES = (48 << 10) - 256;

  /** Vectors of depthwise outputs that an item sums up at once. */
  private static final int MOST_DEPTHWISE_ROWS = 4;

  /** Few outputs leave most items idle; more need more shared memory than there is. */
  private static final int LEAST_POSITIONS = 16;

  private static final int MOST_POSITIONS = 128;
  private static final int LONGEST_SIDE = 16;

  private static final int[] CHUNKS = {16, 32};
  private static final int[] ITEMS = {128, 256};
  private static final int[] MAP_ROWS = {4, 8};
  private static final int[] ROWS = {4, 8, 12};

  /** Instructions of an item in every chunk beside its multiply-adds: addresses, weights, waiting for others. */
  private static final int CHUNK_INSTRUCTIONS = 100;

  /** For each multiply-add of a depthwise convolution: four share the load of a sample. */
  private static final double DEPTHWISE_INSTRUCTIONS = 1.5;

  /** The same where samples come from memory: four share two loads, an address, and six to see whether it is on the map. */
  private static final double SEPARATE_DEPTHWISE_INSTRUCTIONS = 3;

  /** Rows of an item, and channels of a group, of products that are kernels of their own. */
  private static final int PRODUCT_ROWS = 8;

  private static final int PANEL = 64;

  /** All that fit. */
  static List<BlockTile> of(WholeBlock block) {
    List<BlockTile> found = new ArrayList<>();
    for (int height = 1; height <= Math.min(LONGEST_SIDE, block.outputExtent(0)); height++) {
      for (int width = 1; width <= Math.min(LONGEST_SIDE, block.outputExtent(1)); width++) {
        boolean whole = height == block.outputExtent(0) && width == block.outputExtent(1);
        int positions = height * width;
        if (positions <= MOST_POSITIONS && (whole || positions >= LEAST_POSITIONS)) {
          addAll(found, block, height, width);
        }
      }
    }
    return found;
  }

  private static void addAll(List<BlockTile> found, WholeBlock block, int height, int width) {
    for (int chunk : CHUNKS) {
      for (int items : ITEMS) {
        for (int mapRows : MAP_ROWS) {
          for (int rows : ROWS) {
            BlockTile tile = new BlockTile(block, height, width, chunk, items, mapRows, rows);
            if (tile.fits()) {
              found.add(tile);
            }
          }
        }
      }
    }
  }

  private boolean fits() {
    return mapItems() <= items
        && outputItems() <= items
        && depthwiseRows() <= MOST_DEPTHWISE_ROWS
        && sharedBytes() <= MOST_SHARED_BYTES;
  }

  /** Outputs along an axis. */
  public int extent(int axis) {
    return axis == 0 ? height : width;
  }

  /** Tiles along an axis. */
  public int tiles(int axis) {
    return Math.ceilDiv(block.outputExtent(axis), extent(axis));
  }

  /** Of all images. */
  public int groups() {
    return Math.multiplyExact(block.images(), tiles(0) * tiles(1));
  }

  /** Outputs of a group. */
  public int positions() {
    return height * width;
  }

  /** Rows or columns of the expanded map that a tile reads, those included that lie beside the map. */
  public int window(int axis) {
    return (extent(axis) - 1) * block.window().stride(axis) + block.window().reach(axis);
  }

  /** Rows or columns of the expanded map that a group computes: those of the map that the tile with most of them reads. */
  public int computed(int axis) {
    int most = 1;
    for (int tile = 0; tile < tiles(axis); tile++) {
      int from = tile * extent(axis) * block.window().stride(axis) - block.window().before(axis);
      most = Math.max(most, Math.min(from + window(axis), block.extent(axis)) - Math.max(from, 0));
    }
    return most;
  }

  /** Positions of the expanded map that a group computes. */
  public int mapPositions() {
    return computed(0) * computed(1);
  }

  /** From a channel of the staged input to the next. */
  public int mapStride() {
    return roundedUp(mapPositions(), mapRows) + PADDING;
  }

  /** From a position of the expanded map to the next. */
  public int cell() {
    return chunk + PADDING;
  }

  /** From a channel of the depthwise outputs to the next. */
  public int stride() {
    return roundedUp(positions(), rows) + PADDING;
  }

  public int chunks() {
    return Math.ceilDiv(block.hidden(), chunk);
  }

  /** Slabs of the input. */
  public int slabs() {
    return Math.ceilDiv(block.channels(), Machine.SLAB);
  }

  /** Channels of the output with those that fill its last slab. */
  public int outputLanes() {
    return roundedUp(block.outputs(), Machine.SLAB);
  }

  /** Vectors of a chunk's channels. */
  public int vectors() {
    return chunk / VECTOR;
  }

  /** Items that expand. */
  public int mapItems() {
    return Math.ceilDiv(mapPositions(), mapRows) * vectors();
  }

  /** Items that project. */
  public int outputItems() {
    return Math.ceilDiv(positions(), rows) * (outputLanes() / VECTOR);
  }

  /** Depthwise outputs of an item, of four channels. */
  public int depthwiseRows() {
    return Math.ceilDiv(positions(), items / vectors());
  }

  public int samples() {
    return slabs() * Machine.SLAB * mapStride();
  }

  public int expanded() {
    return window(0) * window(1) * cell();
  }

  public int deep() {
    return chunk * stride();
  }

  /** Weights of a chunk's expansion. */
  public int expansionWeights() {
    return block.channels() * chunk;
  }

  /** Weights of a chunk's projection. */
  public int projectionWeights() {
    return chunk * outputLanes();
  }

  private long sharedBytes() {
    return Float.BYTES * ((long) samples() + expanded() + deep() + expansionWeights() + projectionWeights());
  }

  /** Instructions of a group, for which its warps take turns. */
  double instructions() {
    double expansion = busy(mapItems()) * block.channels() * turn(mapRows);
    double depthwise = busy(items) * depthwiseRows() * VECTOR * DEPTHWISE_INSTRUCTIONS * block.window().taps();
    double projection = busy(outputItems()) * chunk * turn(rows);
    return chunks() * (expansion + depthwise + projection + (double) items * CHUNK_INSTRUCTIONS);
  }

  /**
   * Instructions for {@code block} if each of its products is a kernel of its own: with large tiles, whose last panel of
   * channels may be empty in part, and the projection's computes the depthwise outputs anew for each of its panels.
   */
  static double separate(WholeBlock block) {
    double expansion = (double) block.positions() * slabbed(block.channels()) * panels(block.hidden());
    double projection = (double) block.outputPositions() * slabbed(block.hidden()) * panels(block.outputs());
    int repeated = panels(block.outputs()) / Math.min(panels(block.outputs()), PANEL);
    double depthwise = (double) block.outputPositions() * slabbed(block.hidden()) * block.window().taps() * repeated;
    return (expansion + projection) * turn(PRODUCT_ROWS) / (PRODUCT_ROWS * VECTOR)
        + depthwise * SEPARATE_DEPTHWISE_INSTRUCTIONS;
  }

  /** Channels that whole panels have. */
  private static int panels(int channels) {
    return channels <= Machine.SLAB ? Machine.SLAB : roundedUp(channels, channels <= PANEL / 2 ? PANEL / 2 : PANEL);
  }

  private static int slabbed(int channels) {
    return roundedUp(channels, Machine.SLAB);
  }

  /** Multiply-adds of an item for one number of each of its rows and channels, and the loads for them. */
  private static double turn(int rows) {
    return rows * VECTOR + rows / (double) VECTOR + 1;
  }

  /** Items of the warps that have any of so many. */
  private static double busy(int items) {
    return roundedUp(items, WARP);
  }

  private static int roundedUp(int number, int grain) {
    return Math.ceilDiv(number, grain) * grain;
  }
}
