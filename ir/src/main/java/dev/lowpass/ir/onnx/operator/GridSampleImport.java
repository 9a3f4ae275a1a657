package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.MathFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * GridSample of maps [N, C, H, W] or volumes [N, C, D, H, W]: of each result the grid says its place, width first, from -1
 * at the beginning of an axis to 1 at its end. Places are rounded to elements first, and what lies outside is looked for
 * then.
 */
final class GridSampleImport implements OperatorImport {
  /** Whole numbers up to here are exact as f32, and no axis is longer. */
  private static final float FARTHEST = 1 << 24;

  /** The coefficient of Keys (1981). */
  private static final float CUBIC = -0.75f;

  @Override
  public void convert(NodeImport node) {
    Value maps = node.operand(0);
    Value grid = node.operand(1);
    Shape from = maps.type().shape();
    Shape to = grid.type().shape();
    int axes = from.rank() - 2;
    if (axes < 2 || axes > 3 || !maps.type().element().isFloating()) {
      throw node.unsupported("an operand of type " + maps.type() + "; only numbers with fractions [N, C, H, W] and [N, C, D, H, W]");
    }
    if (to.rank() != from.rank() || to.dim(0) != from.dim(0) || to.dim(-1) != axes) {
      throw new IllegalArgumentException("a grid of shape " + to + " for maps of shape " + from);
    }
    if (from.elements() == 0 && to.elements() > 0) {
      throw new IllegalArgumentException("a grid of shape " + to + " on maps without elements");
    }
    Arithmetic arithmetic = new Arithmetic(node);
    int points = Math.toIntExact(new Shape(to.dims().subList(1, 1 + axes)).elements());
    List<List<GatheredMaps.Tap>> taps = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      Value part = arithmetic.part(grid, to.rank() - 1, axes - 1 - axis, 1);
      Value line = arithmetic.reshaped(Shape.of(from.dim(0), 1, points), part);
      taps.add(taps(node, line, from.dim(2 + axis), axes));
    }
    List<Integer> dims = new ArrayList<>(from.dims().subList(0, 2));
    dims.addAll(to.dims().subList(1, 1 + axes));
    node.alias(arithmetic.reshaped(new Shape(dims), new GatheredMaps(node, maps).at(taps)));
  }

  private static List<GatheredMaps.Tap> taps(NodeImport node, Value line, int extent, int axes) {
    String mode = node.attributes().text("mode", "linear");
    Value place = place(node, line, extent);
    Arithmetic arithmetic = new Arithmetic(node);
    List<GatheredMaps.Tap> taps = new ArrayList<>();
    switch (mode) {
      case "nearest" -> {
        Value nearest = node.add("nearest", new MathFunction(MathFunction.Kind.ROUND), place);
        taps.add(tap(node, nearest, 0, extent, List.of()));
      }
      case "linear", "bilinear" -> {
        Value floor = arithmetic.floor(place);
        Value after = arithmetic.minus(place, floor);
        Value before = arithmetic.minus(arithmetic.number(1f), after);
        taps.add(tap(node, floor, 0, extent, List.of(before)));
        taps.add(tap(node, floor, 1, extent, List.of(after)));
      }
      case "cubic", "bicubic" -> {
        if (axes > 2) {
          throw node.unsupported("mode = " + mode + " of volumes");
        }
        Value floor = arithmetic.floor(place);
        Value after = arithmetic.minus(place, floor);
        Value before = arithmetic.minus(arithmetic.number(1f), after);
        Value one = arithmetic.number(1f);
        taps.add(tap(node, floor, -1, extent, List.of(far(arithmetic, arithmetic.plus(after, one)))));
        taps.add(tap(node, floor, 0, extent, List.of(near(arithmetic, after))));
        taps.add(tap(node, floor, 1, extent, List.of(near(arithmetic, before))));
        taps.add(tap(node, floor, 2, extent, List.of(far(arithmetic, arithmetic.plus(before, one)))));
      }
      default -> throw new IllegalArgumentException("mode is " + mode);
    }
    return taps;
  }

  /** From -1 to 1, to places counted in elements. */
  private static Value place(NodeImport node, Value line, int extent) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value fromZero = arithmetic.plus(line, arithmetic.number(1f));
    Value half = arithmetic.number(0.5f);
    if (node.attributes().flag("align_corners")) {
      return arithmetic.times(arithmetic.times(fromZero, half), arithmetic.number(extent - 1f));
    }
    Value scaled = arithmetic.times(fromZero, arithmetic.number((float) extent));
    return arithmetic.times(arithmetic.minus(scaled, arithmetic.number(1f)), half);
  }

  /** Of an element at a distance of up to 1. */
  private static Value near(Arithmetic arithmetic, Value distance) {
    Value slope = arithmetic.times(distance, arithmetic.number(CUBIC + 2));
    Value bent = arithmetic.minus(slope, arithmetic.number(CUBIC + 3));
    Value square = arithmetic.times(distance, distance);
    return arithmetic.plus(arithmetic.times(bent, square), arithmetic.number(1f));
  }

  /** Of an element at a distance of 1 to 2. */
  private static Value far(Arithmetic arithmetic, Value distance) {
    Value slope = arithmetic.times(distance, arithmetic.number(CUBIC));
    Value bent = arithmetic.times(arithmetic.minus(slope, arithmetic.number(5 * CUBIC)), distance);
    Value again = arithmetic.times(arithmetic.plus(bent, arithmetic.number(8 * CUBIC)), distance);
    return arithmetic.minus(again, arithmetic.number(4 * CUBIC));
  }

  /** The element {@code offset} behind {@code whole}, or what lies there outside of the axis. */
  private static GatheredMaps.Tap tap(NodeImport node, Value whole, int offset, int extent, List<Value> weights) {
    Arithmetic arithmetic = new Arithmetic(node);
    Value bounded = node.add("bounded", new Clip(-FARTHEST, FARTHEST), whole);
    Value index = arithmetic.cast(ElementType.I32, bounded);
    Value place = offset == 0 ? index : arithmetic.plus(index, arithmetic.number(offset, index));
    String padding = node.attributes().text("padding_mode", "zeros");
    return switch (padding) {
      case "zeros" -> {
        Value clamped = clamped(arithmetic, place, extent);
        Value inside = arithmetic.compare(Comparison.Kind.EQUAL, place, clamped);
        yield new GatheredMaps.Tap(clamped, weights, List.of(inside));
      }
      case "border" -> new GatheredMaps.Tap(clamped(arithmetic, place, extent), weights, List.of());
      case "reflection" -> new GatheredMaps.Tap(reflected(node, place, extent), weights, List.of());
      default -> throw new IllegalArgumentException("padding_mode is " + padding);
    };
  }

  private static Value clamped(Arithmetic arithmetic, Value place, int extent) {
    Value fromZero = arithmetic.most(place, arithmetic.number(0, place));
    return arithmetic.least(fromZero, arithmetic.number(extent - 1L, place));
  }

  /** Mirrors stand on the outermost elements where corners are aligned, and half an element outside of them else. */
  private static Value reflected(NodeImport node, Value place, int extent) {
    Arithmetic arithmetic = new Arithmetic(node);
    boolean corners = node.attributes().flag("align_corners");
    long period = corners ? Math.max(2L * (extent - 1), 1) : 2L * extent;
    Value there = arithmetic.modulo(place, arithmetic.number(period, place));
    Value back = arithmetic.minus(arithmetic.number(corners ? period : period - 1, place), there);
    return arithmetic.least(there, back);
  }
}
