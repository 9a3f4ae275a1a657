package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Transpose;
import java.util.List;

/**
 * RoiAlign: of every region [x, y, x, y] of an image a small map, each bin of which is the mean of samples between the
 * elements, or the greatest of what these are sums of. How many samples a bin has must be known.
 */
final class RoiAlignImport implements OperatorImport {
  /** Opset from which on places move by half an element, unless they are told not to. */
  private static final int MOVES = 16;

  @Override
  public void convert(NodeImport node) {
    Value maps = node.operand(0, ElementType.F32);
    Value regions = node.operand(1, ElementType.F32);
    Shape shape = maps.type().shape();
    Shape given = regions.type().shape();
    if (shape.rank() != 4 || given.rank() != 2 || given.dim(1) != 4 || !node.shape(2).equals(Shape.of(given.dim(0)))) {
      throw new IllegalArgumentException(
          "regions of shape %s in images %s of shape %s".formatted(given, node.shape(2), shape));
    }
    int samples = number(node, "sampling_ratio", 0);
    if (samples == 0) {
      throw node.unsupported("sampling_ratio = 0 (as many samples as the regions themselves decide)");
    }
    int height = number(node, "output_height", 1);
    int width = number(node, "output_width", 1);
    int count = given.dim(0);
    Shape grid = Shape.of(count, Math.multiplyExact(height, samples), Math.multiplyExact(width, samples));
    node.requireElements(new Shape(List.of(grid.dim(0), shape.dim(1), grid.dim(1), grid.dim(2))));
    boolean greatest = greatest(node);
    Arithmetic arithmetic = new Arithmetic(node);
    List<List<GatheredMaps.Tap>> taps =
        List.of(
            image(node, grid, shape.dim(0)),
            taps(node, regions, grid, 1, shape.dim(2)),
            taps(node, regions, grid, 2, shape.dim(3)));
    Value turned = node.add("turned", new Transpose(List.of(1, 0, 2, 3)), maps);
    Shape volume = Shape.of(1, shape.dim(1), shape.dim(0), shape.dim(2), shape.dim(3));
    GatheredMaps gathered = new GatheredMaps(node, arithmetic.reshaped(volume, turned));
    Value read = greatest ? gathered.at(taps, arithmetic::most) : gathered.at(taps);
    Value bins = arithmetic.reshaped(Shape.of(shape.dim(1), count, height, samples, width, samples), read);
    Reduce reduce = new Reduce(greatest ? Reduce.Kind.MAX : Reduce.Kind.MEAN, List.of(3, 5));
    Value small =
        arithmetic.reshaped(Shape.of(shape.dim(1), count, height, width), node.add("bins", reduce, bins));
    node.result(new Transpose(List.of(1, 0, 2, 3)), small);
  }

  private static int number(NodeImport node, String name, long otherwise) {
    int number = Math.toIntExact(node.attributes().integer(name, otherwise));
    if (number < otherwise) {
      throw new IllegalArgumentException(name + " is " + number);
    }
    return number;
  }

  private static boolean greatest(NodeImport node) {
    String mode = node.attributes().text("mode", "avg");
    return switch (mode) {
      case "avg" -> false;
      case "max" -> true;
      default -> throw new IllegalArgumentException("mode is " + mode);
    };
  }

  /** The image of each region. */
  private static List<GatheredMaps.Tap> image(NodeImport node, Shape grid, int images) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value index = arithmetic.reshaped(Shape.of(grid.dim(0), 1, 1), node.operand(2));
    Value first = arithmetic.most(index, arithmetic.number(0, index));
    Value inside = arithmetic.least(first, arithmetic.number(images - 1L, index));
    return List.of(new GatheredMaps.Tap(line(node, arithmetic.cast(ElementType.I32, inside), grid), List.of(), List.of()));
  }

  /** Two elements for each sample along an axis of {@code grid}, which is one of {@code extent} elements of the maps. */
  private static List<GatheredMaps.Tap> taps(NodeImport node, Value regions, Shape grid, int axis, int extent) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value place = line(node, place(node, regions, grid, axis), grid);
    Value begins = arithmetic.compare(Comparison.Kind.LESS_OR_EQUAL, arithmetic.number(-1f), place);
    Value ends = arithmetic.compare(Comparison.Kind.LESS_OR_EQUAL, place, arithmetic.number((float) extent));
    List<Value> inside = List.of(arithmetic.both(begins, ends));
    Value bounded = node.add("bounded", new Clip(0, extent - 1f), place);
    Value floor = arithmetic.floor(bounded);
    Value after = arithmetic.minus(bounded, floor);
    Value before = arithmetic.minus(arithmetic.number(1f), after);
    Value low = arithmetic.cast(ElementType.I32, floor);
    Value next = arithmetic.plus(low, arithmetic.number(1, low));
    Value high = arithmetic.least(next, arithmetic.number(extent - 1L, low));
    return List.of(
        new GatheredMaps.Tap(low, List.of(before), inside), new GatheredMaps.Tap(high, List.of(after), inside));
  }

  /** Where the samples along an axis lie, counted in elements; the others of {@code grid} have one. */
  private static Value place(NodeImport node, Value regions, Shape grid, int axis) {
    Arithmetic arithmetic = new Arithmetic(node);
    boolean isRow = axis == 1;
    int bins = number(node, isRow ? "output_height" : "output_width", 1);
    String mode = node.attributes().text("coordinate_transformation_mode", "half_pixel");
    boolean moves = node.opset() >= MOVES && mode.equals("half_pixel");
    if (!mode.equals("half_pixel") && !mode.equals("output_half_pixel")) {
      throw new IllegalArgumentException("coordinate_transformation_mode is " + mode);
    }
    Value start = side(node, regions, isRow ? 1 : 0, moves);
    Value end = side(node, regions, isRow ? 3 : 2, moves);
    Value size = arithmetic.minus(end, start);
    Value least = moves ? size : arithmetic.most(size, arithmetic.number(1f));
    Value bin = arithmetic.over(least, arithmetic.number((float) bins));
    int samples = grid.dim(axis) / bins;
    float[] parts = new float[grid.dim(axis)];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = (i + 0.5f) / samples;
    }
    Shape shape = isRow ? Shape.of(1, parts.length, 1) : Shape.of(1, 1, parts.length);
    return arithmetic.plus(start, arithmetic.times(bin, node.add("parts", Tensor.of(parts, shape))));
  }

  private static Value side(NodeImport node, Value regions, int column, boolean moves) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value side = arithmetic.part(regions, 1, column, 1);
    Value flat = arithmetic.reshaped(Shape.of(side.type().shape().dim(0), 1, 1), side);
    Value scaled = arithmetic.times(flat, arithmetic.number(node.attributes().real("spatial_scale", 1)));
    return moves ? arithmetic.minus(scaled, arithmetic.number(0.5f)) : scaled;
  }

  /** Repeated for all samples, one after the other. */
  private static Value line(NodeImport node, Value value, Shape grid) {
    Value wide = node.add("everywhere", new Expand(grid), value);
    return new Arithmetic(node).reshaped(Shape.of(1, 1, Math.toIntExact(grid.elements())), wide);
  }
}
