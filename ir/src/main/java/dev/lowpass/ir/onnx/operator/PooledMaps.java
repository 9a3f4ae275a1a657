package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Window;
import java.util.List;
import java.util.function.Function;

/**
 * Pools of maps with one to three axes, made of those with two. A row [N, C, L] is a map [N, C, 1, L]. A volume [N, C, D,
 * H, W] is pooled plane by plane, and then along the depth: maxima are maxima of maxima, and so are means, for as many
 * elements count in each plane.
 *
 * @param axes the window along each axis
 * @param pool the pool with a window of two axes
 */
record PooledMaps(NodeImport node, List<WindowAxis> axes, Function<Window, Op> pool) {
  /** The pooled {@code map} [N, C, ...]; {@code last} defines it. */
  Value of(Value map, ConvolvedMaps.Definition last) {
    Shape shape = map.type().shape();
    int batch = shape.dim(0);
    int channels = shape.dim(1);
    return switch (axes.size()) {
      case 1 -> {
        Value row = node.add("map", new Reshape(Shape.of(batch, channels, 1, shape.dim(2))), map);
        Value image = node.add("image", over(WindowAxis.NONE, axes.getFirst()), row);
        yield last.of(new Reshape(Shape.of(batch, channels, image.type().shape().dim(3))), image);
      }
      case 2 -> last.of(over(axes.get(0), axes.get(1)), map);
      default -> {
        int depth = shape.dim(2);
        Shape planes = Shape.of(batch, Math.multiplyExact(channels, depth), shape.dim(3), shape.dim(4));
        Value flat = node.add("planes", new Reshape(planes), map);
        Value pooled = node.add("pooled", over(axes.get(1), axes.get(2)), flat);
        int height = pooled.type().shape().dim(2);
        int width = pooled.type().shape().dim(3);
        Value stacked = node.add("depths", new Reshape(Shape.of(batch, channels, depth, height * width)), pooled);
        Value image = node.add("image", over(axes.get(0), WindowAxis.NONE), stacked);
        yield last.of(new Reshape(Shape.of(batch, channels, image.type().shape().dim(2), height, width)), image);
      }
    };
  }

  private Op over(WindowAxis rows, WindowAxis columns) {
    return pool.apply(WindowAxis.window(rows, columns));
  }
}
