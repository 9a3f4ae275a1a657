package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Interpolation;
import dev.lowpass.ir.op.Resampler;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Resize;
import dev.lowpass.ir.op.ResizeFilter;
import dev.lowpass.ir.op.SamplePlaces;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.Taps;
import dev.lowpass.ir.op.Transpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Resizes of any axes of any tensor, made of those of height and width of maps: one or two neighbouring axes at a time,
 * under another shape.
 *
 * @param axes one for each of operand 0
 * @param interpolation all but the places
 * @param outside what outputs are that lie outside of the operand
 */
record ResizedMaps(
    NodeImport node, List<ResizedAxis> axes, SamplePlaces.Rule rule, Interpolation interpolation, float outside) {
  /** Height and width of an image whose channels come first, or last. */
  private static final List<Integer> MAP = List.of(2, 3);

  private static final List<Integer> MAP_BEFORE_CHANNELS = List.of(1, 2);

  private static final float MOST_NUDGED = 0.25f;

  /** Defines the result, of type {@code element}. */
  void convert(ElementType element) {
    List<Integer> changed =
        IntStream.range(0, axes.size()).filter(axis -> !axes.get(axis).isSame()).boxed().toList();
    if (changed.isEmpty()) {
      node.alias(node.operand(0));
      return;
    }
    boolean fills = rule == SamplePlaces.Rule.TF_CROP_AND_RESIZE;
    if (interpolation.kernel() == Interpolation.Kernel.NEAREST && !ResizeImport.isHeldBySingles(element)) {
      Value taken = taken(node.operand(0), changed);
      node.alias(fills ? filled(taken, changed) : taken);
      return;
    }
    Value value = node.operand(0, ElementType.F32);
    if (axes.size() == 4 && MAP.containsAll(changed) && element == ElementType.F32 && !fills) {
      node.result(resize(2, 3), value);
      return;
    }
    Value resized = axes.size() == 4 && changed.equals(MAP_BEFORE_CHANNELS) ? turned(value) : apart(value, changed);
    Value result = fills ? filled(resized, changed) : resized;
    boolean isSettled = element.isFloating() || interpolation.kernel() == Interpolation.Kernel.NEAREST;
    node.resultAs(element, isSettled ? result : settled(result));
  }

  /** What is nearest, of elements of any type. */
  private Value taken(Value value, List<Integer> changed) {
    Value taken = value;
    for (int axis : changed) {
      ResizedAxis resized = axes.get(axis);
      node.requireElements(taken.type().shape().with(axis, resized.outputs()));
      List<Taps.Sum> sums = placed(resized, resized).taps(0, resized.inputs(), resized.outputs()).sums();
      taken = Taking.along(node, "axis" + axis, taken, axis, sums.stream().mapToInt(Taps.Sum::first).toArray());
    }
    return taken;
  }

  /**
   * A cast cuts fractions off, and sums of weights that are 1 by the last bit would lose a whole number: away from zero by
   * more than rounding leaves.
   */
  private Value settled(Value value) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value part = arithmetic.times(value, arithmetic.number(0x1p-20f));
    return arithmetic.plus(value, node.add("nudge", new Clip(-MOST_NUDGED, MOST_NUDGED), part));
  }

  private Value turned(Value value) {
    Value turned = node.add("turned", new Transpose(List.of(0, 3, 1, 2)), value);
    Value resized = node.add("maps", resize(1, 2), turned);
    return node.add("resized", new Transpose(List.of(0, 2, 3, 1)), resized);
  }

  private Value apart(Value value, List<Integer> changed) {
    Value resized = value;
    int last = changed.size() - 1;
    while (last >= 0) {
      int axis = changed.get(last);
      boolean pair = axis == axes.size() - 1 && last > 0 && changed.get(last - 1) == axis - 1;
      int first = pair ? axis - 1 : axis;
      resized = resized(resized, first, pair);
      last -= pair ? 2 : 1;
    }
    return resized;
  }

  /** [N, C, ..., E, inner...] as [N, C · ..., E, inner], resized, and back. */
  private Value resized(Value value, int axis, boolean pair) {
    Shape shape = value.type().shape();
    int batch = axis > 1 ? shape.dim(0) : 1;
    int channels = axis > 0 ? product(shape, Math.min(axis - 1, 1), axis) : 1;
    int inner = product(shape, axis + 1, shape.rank());
    Value image = shaped("map", Shape.of(batch, channels, shape.dim(axis), inner), value);
    Value resized = node.add("image", pair ? resize(axis, axis + 1) : resize(axis, inner, inner), image);
    Shape result = shape.with(axis, axes.get(axis).outputs());
    if (pair) {
      result = result.with(axis + 1, axes.get(axis + 1).outputs());
    }
    return shaped("resized", result, resized);
  }

  private Value shaped(String suffix, Shape shape, Value value) {
    return value.type().shape().equals(shape) ? value : node.add(suffix, new Reshape(shape), value);
  }

  private static int product(Shape shape, int from, int to) {
    return Math.toIntExact(new Shape(shape.dims().subList(from, to)).elements());
  }

  private Resize resize(int rows, int columns) {
    return resize(axes.get(rows), axes.get(columns));
  }

  private Resize resize(int axis, int inputs, int outputs) {
    return resize(axes.get(axis), new ResizedAxis(inputs, outputs, 1, 0, 1));
  }

  private Resize resize(ResizedAxis rows, ResizedAxis columns) {
    List<Integer> size = List.of(rows.outputs(), columns.outputs());
    Interpolation placed = placed(rows, columns);
    return new Resize(size, filter(placed));
  }

  /** One of Lowpass's own filters where it is the same, else the interpolation. */
  private static Resampler filter(Interpolation placed) {
    SamplePlaces places = placed.places();
    boolean isAntialiased =
        placed.antialias()
            && placed.excludeOutside()
            && places.rule() == SamplePlaces.Rule.HALF_PIXEL
            && places.scales().isEmpty();
    if (!isAntialiased) {
      return placed;
    }
    return switch (placed.kernel()) {
      case LINEAR -> ResizeFilter.LINEAR;
      case CUBIC -> placed.cubic() == -0.5f ? ResizeFilter.CUBIC : placed;
      case NEAREST -> placed;
    };
  }

  private Interpolation placed(ResizedAxis rows, ResizedAxis columns) {
    boolean follow = followsFromExtents(rows) && followsFromExtents(columns);
    List<Float> scales = follow ? List.of() : List.of(rows.scale(), columns.scale());
    List<Float> region =
        rule == SamplePlaces.Rule.TF_CROP_AND_RESIZE
            ? List.of(rows.start(), columns.start(), rows.end(), columns.end())
            : List.of();
    return new Interpolation(
        interpolation.kernel(),
        new SamplePlaces(rule, scales, region),
        interpolation.rounding(),
        interpolation.cubic(),
        interpolation.antialias(),
        interpolation.excludeOutside());
  }

  /** {@code resized} with the value for outputs outside, wherever one of the {@code changed} axes says so. */
  private Value filled(Value resized, List<Integer> changed) {
    List<Integer> dims = new ArrayList<>(Collections.nCopies(axes.size(), 1));
    changed.forEach(axis -> dims.set(axis, axes.get(axis).outputs()));
    Shape shape = new Shape(dims);
    node.spend(shape, false);
    long[] places = new long[Math.toIntExact(shape.elements())];
    int inner = places.length;
    for (int axis : changed) {
      int outputs = axes.get(axis).outputs();
      inner /= outputs;
      for (int i = 0; i < places.length; i++) {
        places[i] |= isOutside(axes.get(axis), i / inner % outputs) ? 1 : 0;
      }
    }
    Value condition = node.add("outside", Tensor.ofIntegers(ElementType.BOOL, places, shape));
    Value value = new Arithmetic(node).cast(resized.type().element(), node.add("value", Tensor.scalar(outside)));
    return node.add("filled", new Select(), condition, value, resized);
  }

  private boolean isOutside(ResizedAxis axis, int index) {
    return placed(axis, axis).places().isOutside(0, index, axis.inputs(), axis.outputs());
  }

  private static boolean followsFromExtents(ResizedAxis axis) {
    return axis.scale() == (float) axis.outputs() / axis.inputs();
  }
}
