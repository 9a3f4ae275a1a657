package dev.lowpass.passes.machine;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Block;
import dev.lowpass.ir.op.Window;
import java.util.Optional;

/**
 * A depthwise convolution with transforms around it, what one kernel may do: [inverse transform] → depthwise → [forward
 * transform]. Blocks divide their maps.
 *
 * @param images in a batch
 * @param height of the map that is convolved
 * @param width of that
 * @param inverse where the input is coefficients
 * @param forward where the output is
 */
public record SpectralDepthwise(
    int images,
    int channels,
    int height,
    int width,
    Window window,
    Optional<Transform> inverse,
    Optional<Transform> forward) {
  /** @param bands coefficients that are read, or written */
  public record Transform(Block block, Bands bands) {
    private long coefficients() {
      return bands.keep().stream().mapToLong(Integer::longValue).sum();
    }
  }

  /** Rows (axis 0) or columns (axis 1) of the map. */
  public int extent(int axis) {
    return axis == 0 ? height : width;
  }

  /** Rows or columns of what the convolution makes. */
  public int outputExtent(int axis) {
    return window.outputExtent(axis, extent(axis), false);
  }

  public int slabs() {
    return Math.ceilDiv(channels, Machine.SLAB);
  }

  /** Transforms there are. */
  int transforms() {
    return (inverse.isPresent() ? 1 : 0) + (forward.isPresent() ? 1 : 0);
  }

  /** Bytes that are read. */
  long bytesRead() {
    return bytes(inverse, height, width);
  }

  /** Bytes that are written. */
  long bytesWritten() {
    return bytes(forward, outputExtent(0), outputExtent(1));
  }

  /** Bytes of what lies between transforms and convolution, written once and read once. */
  long bytesBetween() {
    long before = inverse.isPresent() ? bytes(Optional.empty(), height, width) : 0;
    long after = forward.isPresent() ? bytes(Optional.empty(), outputExtent(0), outputExtent(1)) : 0;
    return 2 * (before + after);
  }

  private long bytes(Optional<Transform> transform, int rows, int columns) {
    long positions = (long) images * rows * columns * Float.BYTES;
    return transform
        .map(kept -> positions / kept.block().size() * kept.coefficients())
        .orElse(positions * channels);
  }
}
