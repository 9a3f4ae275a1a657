package dev.lowpass.codegen.cpu.winograd;

import static dev.lowpass.codegen.plan.value.Layout.LANES;

import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.value.Layout;
import dev.lowpass.passes.machine.Machine;

/**
 * The tiles of all images of a step in strips, which are tiles side by side, and blocks of strips, which are made
 * together. All strips have as many tiles: the last of a row may reach beyond the map, where there are zeros.
 *
 * @param down rows of tiles of an image
 * @param across strips in a row
 * @param tiles of a strip
 * @param strips of all images
 * @param stripsOfBlock of every block but the last, which may have fewer
 */
record TileGrid(TileForm form, int down, int across, int tiles, int strips, int stripsOfBlock) {
  private static final long LEAST_TILES_OF_REGISTERS = 4;

  /**
   * @param channels of the input
   * @param outputs whose sums of a block are in memory at a time
   * @param tileRows rows of the product's register tile
   */
  static TileGrid of(ConvolutionStep step, TileForm form, Machine machine, int channels, int outputs, int tileRows) {
    Layout.Slabbed output = step.output().slabbed();
    int down = Math.ceilDiv(output.height(), form.outputs());
    int columns = Math.ceilDiv(output.width(), form.outputs());
    long near = machine.caches().near() / LANES / form.extent();
    int most = (int) Math.max(1, (near - TileForm.TAPS + 1) / form.outputs());
    int across = Math.ceilDiv(columns, most);
    int tiles = Math.ceilDiv(columns, across);
    int strips = output.batch() * down * across;
    // What does not stay near however few there are, should at least serve weights many times.
    long fitting = machine.caches().farMap() / ((long) form.positions() * (channels + outputs));
    long wanted = Math.max(fitting, LEAST_TILES_OF_REGISTERS * tileRows);
    int blocks = Math.ceilDiv(strips, Math.clamp(wanted / tiles, 1, strips));
    return new TileGrid(form, down, across, tiles, strips, Math.ceilDiv(strips, blocks));
  }

  int blocks() {
    return Math.ceilDiv(strips, stripsOfBlock);
  }

  /** Tiles of a block. */
  int rows() {
    return stripsOfBlock * tiles;
  }

  /** Tiles of the last block. */
  int lastRows() {
    return (strips - (blocks() - 1) * stripsOfBlock) * tiles;
  }

  /** Samples of a strip side by side. */
  int columns() {
    return tiles * form.outputs() + TileForm.TAPS - 1;
  }

  /** Elements from one position to the next, of {@code slabs} slabs. Odd in cache lines: powers of two would collide. */
  int pitch(int slabs) {
    int lines = slabs * rows();
    return (lines % 2 == 0 ? lines + 1 : lines) * LANES;
  }
}
