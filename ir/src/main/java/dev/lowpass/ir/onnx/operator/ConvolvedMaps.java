package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Concat;
import dev.lowpass.ir.op.Convolution;
import dev.lowpass.ir.op.Correlation;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Pad;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Slice;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.ir.op.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Convolutions of maps with one to three axes, made of those with two. A row [N, C, L] is a map [N, C, 1, L]. Of a volume
 * [N, C, D, H, W] the planes that the taps along the depth read become channels and every depth becomes an image of its
 * own: [N · D', C · taps, H, W], for which the weight [M, C, taps, h, w] is in the right order already.
 */
final class ConvolvedMaps {
  /** Taps along the depth; each is a slice of its own. */
  private static final int MOST_PLANES = 64;

  /** Defines a node. */
  interface Definition {
    Value of(Op op, Value... operands);
  }

  private final NodeImport node;
  private final List<WindowAxis> axes;
  private final int groups;

  /**
   * Convolutions with this window, whose pads are not negative.
   *
   * @param axes one to three
   */
  ConvolvedMaps(NodeImport node, List<WindowAxis> axes, int groups) {
    this.node = node;
    this.axes = axes;
    this.groups = groups;
  }

  /**
   * The convolution of {@code map} [N, C, ...].
   *
   * @param factors weight [M, C/groups, ...] and perhaps bias [M]
   * @param last defines the result
   */
  Value of(Value map, List<Value> factors, Definition last) {
    Shape shape = map.type().shape();
    return switch (axes.size()) {
      case 1 -> {
        Value row = node.add("map", new Reshape(withRow(shape)), map);
        Value kernel = node.add("kernel", new Reshape(withRow(factors.getFirst().type().shape())), factors.getFirst());
        Window window = WindowAxis.window(WindowAxis.NONE, axes.getFirst());
        Value image = image(row, kernel, factors, window, (op, operands) -> node.add("image", op, operands));
        Shape made = image.type().shape();
        yield last.of(new Reshape(Shape.of(made.dim(0), made.dim(1), made.dim(3))), image);
      }
      case 2 -> image(map, factors.getFirst(), factors, WindowAxis.window(axes.get(0), axes.get(1)), last);
      default -> volume(map, factors, last);
    };
  }

  private static Shape withRow(Shape shape) {
    return Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2));
  }

  /** @param factors the bias, if there is one, behind something else */
  private Value image(Value map, Value kernel, List<Value> factors, Window window, Definition definition) {
    List<Value> operands = new ArrayList<>(List.of(map, kernel));
    operands.addAll(factors.subList(1, factors.size()));
    boolean isConstant = operands.stream().skip(1).allMatch(operand -> node.tensor(operand).isPresent());
    Op op = isConstant ? new Convolution(window, groups) : new Correlation(window, groups);
    return definition.of(op, operands.toArray(Value[]::new));
  }

  private Value volume(Value map, List<Value> factors, Definition last) {
    Value planes = planes(map);
    Shape read = planes.type().shape();
    Shape weight = factors.getFirst().type().shape();
    Shape flat = Shape.of(weight.dim(0), weight.dim(1) * weight.dim(2), weight.dim(3), weight.dim(4));
    Value kernel = node.add("kernel", new Reshape(flat), factors.getFirst());
    Value images =
        node.add("images", new Reshape(Shape.of(read.dim(0) * read.dim(1), read.dim(2), read.dim(3), read.dim(4))), planes);
    Window window = WindowAxis.window(axes.get(1), axes.get(2));
    Value made = image(images, kernel, factors, window, (op, operands) -> node.add("maps", op, operands));
    Shape one = made.type().shape();
    Shape all = Shape.of(read.dim(0), read.dim(1), one.dim(1), one.dim(2), one.dim(3));
    Value depths = node.add("depths", new Reshape(all), made);
    return last.of(new Transpose(List.of(0, 2, 1, 3, 4)), depths);
  }

  /** What each depth of the result reads: [N, D', C · taps, H, W]. */
  private Value planes(Value map) {
    WindowAxis depth = axes.getFirst();
    if (depth.kernel() > MOST_PLANES) {
      throw node.unsupported("a kernel of %d planes; at most %d are read".formatted(depth.kernel(), MOST_PLANES));
    }
    Shape shape = map.type().shape();
    int outputs = depth.outputs(shape.dim(2));
    Value padded = map;
    if (depth.before() > 0 || depth.after() > 0) {
      List<Integer> pads = new ArrayList<>(Collections.nCopies(10, 0));
      pads.set(2, depth.before());
      pads.set(7, depth.after());
      padded = node.add("padded", new Pad(pads, 0), map);
    }
    List<Value> taps = new ArrayList<>();
    Shape taken = shape.with(2, outputs);
    for (int tap = 0; tap < depth.kernel(); tap++) {
      List<Integer> starts = List.of(0, 0, tap * depth.dilation(), 0, 0);
      Slice slice = new Slice(starts, taken.dims(), List.of(1, 1, depth.stride(), 1, 1));
      Value plane = node.add("tap", slice, padded);
      List<Integer> dims = new ArrayList<>(taken.dims());
      dims.add(2, 1);
      taps.add(node.add("plane", new Reshape(new Shape(dims)), plane));
    }
    Value stacked = taps.size() == 1 ? taps.getFirst() : node.add("planes", new Concat(2), taps.toArray(Value[]::new));
    Value turned = node.add("turned", new Transpose(List.of(0, 3, 1, 2, 4, 5)), stacked);
    Shape channels =
        Shape.of(shape.dim(0), outputs, shape.dim(1) * depth.kernel(), shape.dim(3), shape.dim(4));
    return node.add("channels", new Reshape(channels), turned);
  }
}
