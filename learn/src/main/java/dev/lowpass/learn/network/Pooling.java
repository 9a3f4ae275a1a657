package dev.lowpass.learn.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Window;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** Pools whose windows may overhang the map, and need not do so evenly. */
final class Pooling {
  private static final Shape NO_PADS = new Shape(0, 0);

  private Pooling() {}

  /** From [N, C, H, W] to [N, C, 1, 1]. */
  static NDArray global(NDArray input) {
    Shape shape = input.getShape();
    Shape rows = new Shape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    return input.reshape(rows).mean(new int[] {2}, true).reshape(shape.get(0), shape.get(1), 1, 1);
  }

  static NDArray max(MaxPool pool, NDArray input) {
    Window window = pool.window();
    NDArray padded = edges(window, input, pool.ceil()).everywhere(input, -Float.MAX_VALUE);
    return isDilated(window)
        ? overTaps(window, padded, NDArray::maximum)
        : Pool.maxPool2d(padded, kernel(window), strides(window), NO_PADS, false);
  }

  /** Means of whole windows times what each has too many samples, which depends on its place alone. */
  static NDArray average(AveragePool pool, NDArray input) {
    Window window = pool.window();
    NDArray padded = edges(window, input, pool.ceil()).everywhere(input, 0);
    NDArray means =
        isDilated(window)
            ? overTaps(window, padded, NDArray::add).div(window.kernel().get(0) * window.kernel().get(1))
            : Pool.avgPool2d(padded, kernel(window), strides(window), NO_PADS, false, true);
    return means.mul(parts(pool, window, input, means));
  }

  private static boolean isDilated(Window window) {
    return !window.dilations().equals(Window.ONES);
  }

  /** PyTorch's pools here know no dilations: what the first tap of all windows reads, the second one, and so on. */
  private static NDArray overTaps(Window window, NDArray padded, BinaryOperator<NDArray> combine) {
    NDList taps = new NDList();
    for (int row = 0; row < window.kernel().get(0); row++) {
      for (int column = 0; column < window.kernel().get(1); column++) {
        String rows = range(window, 0, row, padded);
        taps.add(padded.get(new NDIndex(":, :, %s, %s".formatted(rows, range(window, 1, column, padded)))));
      }
    }
    return taps.stream().reduce(combine).orElseThrow();
  }

  private static String range(Window window, int axis, int tap, NDArray padded) {
    int windows = ((int) padded.getShape().get(2 + axis) - window.reach(axis)) / window.stride(axis) + 1;
    int start = tap * window.dilations().get(axis);
    return "%d:%d:%d".formatted(start, start + (windows - 1) * window.stride(axis) + 1, window.stride(axis));
  }

  /** The window's size by the number of samples that count in it: [1, 1, H', W']. */
  private static NDArray parts(AveragePool pool, Window window, NDArray input, NDArray means) {
    int rows = (int) means.getShape().get(2);
    int columns = (int) means.getShape().get(3);
    float[] parts = new float[rows * columns];
    double size = (double) window.kernel().get(0) * window.kernel().get(1);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int counted = counted(pool, window, 0, y, input) * counted(pool, window, 1, x, input);
        parts[y * columns + x] = (float) (size / counted);
      }
    }
    return input.getManager().create(parts, new Shape(1, 1, rows, columns));
  }

  /** Samples along {@code axis} that count in the window at {@code place}: those of the map, or of its padding too. */
  private static int counted(AveragePool pool, Window window, int axis, int place, NDArray input) {
    int extent = (int) input.getShape().get(2 + axis);
    int first = pool.countPads() ? -window.before(axis) : 0;
    int last = pool.countPads() ? extent + window.pads().get(axis + 2) : extent;
    int begin = place * window.stride(axis) - window.before(axis);
    return (int)
        IntStream.range(0, window.kernel().get(axis))
            .map(tap -> begin + tap * window.dilations().get(axis))
            .filter(sample -> sample >= first && sample < last)
            .count();
  }

  /** The window's own padding, and behind the map as much as the last window needs. */
  private static Edges edges(Window window, NDArray input, boolean ceil) {
    return new Edges(
        window.before(0), window.before(1), behind(window, 0, input, ceil), behind(window, 1, input, ceil));
  }

  private static int behind(Window window, int axis, NDArray input, boolean ceil) {
    int extent = (int) input.getShape().get(2 + axis);
    int windows = window.outputExtent(axis, extent, ceil);
    int reached = (windows - 1) * window.stride(axis) + window.reach(axis);
    return Math.max(reached - extent - window.before(axis), 0);
  }

  private static Shape kernel(Window window) {
    return new Shape(window.kernel().get(0), window.kernel().get(1));
  }

  private static Shape strides(Window window) {
    return new Shape(window.stride(0), window.stride(1));
  }
}
