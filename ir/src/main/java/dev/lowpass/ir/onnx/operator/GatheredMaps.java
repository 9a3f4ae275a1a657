package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Expand;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.GatherElements;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Maps that are read at places which are computed at run time, and between them: along each axis a place is a sum of
 * {@link Tap taps}, and together they are the sum of all products of them.
 *
 * @param maps [B, C, E1, …, Ek]
 */
record GatheredMaps(NodeImport node, Value maps) {
  /**
   * One element that counts along an axis.
   *
   * @param place its index, an i32 [B, 1, P]; on the axis
   * @param weights likewise, f32; none for 1
   * @param inside likewise, bool: where it is false the element is 0; none for everywhere
   */
  record Tap(Value place, List<Value> weights, List<Value> inside) {}

  /** All P places: [B, C, P]. */
  Value at(List<List<Tap>> axes) {
    return at(axes, new Arithmetic(node)::plus);
  }

  /** As {@link #at(List)}, with {@code joining} in place of sums; weights are not negative. */
  Value at(List<List<Tap>> axes, BinaryOperator<Value> joining) {
    return from(0, axes, joining, List.of(), List.of());
  }

  private Value from(
      int axis, List<List<Tap>> axes, BinaryOperator<Value> joining, List<Value> places, List<Value> inside) {
    if (axis == axes.size()) {
      return element(places, inside);
    }
    Arithmetic arithmetic = new Arithmetic(node);
    List<Value> terms = new ArrayList<>();
    for (Tap tap : axes.get(axis)) {
      List<Value> further = new ArrayList<>(places);
      further.add(tap.place());
      List<Value> conditions = new ArrayList<>(inside);
      conditions.addAll(tap.inside());
      Value term = from(axis + 1, axes, joining, further, conditions);
      for (Value weight : tap.weights()) {
        term = arithmetic.times(term, weight);
      }
      terms.add(term);
    }
    return terms.stream().reduce(joining).orElseThrow();
  }

  private Value element(List<Value> places, List<Value> inside) {
    Arithmetic arithmetic = new Arithmetic(node);
    Shape shape = maps.type().shape();
    int batch = shape.dim(0);
    int channels = shape.dim(1);
    Value index = places.getFirst();
    for (int axis = 1; axis < places.size(); axis++) {
      Value row = arithmetic.times(index, arithmetic.number(shape.dim(2 + axis), index));
      index = arithmetic.plus(row, places.get(axis));
    }
    int elements = Math.toIntExact(new Shape(shape.dims().subList(2, shape.rank())).elements());
    int count = index.type().shape().dim(2);
    Value flat = arithmetic.reshaped(Shape.of(batch, channels, elements), maps);
    Value read;
    if (batch == 1) {
      read = node.add("read", new Gather(2), flat, arithmetic.reshaped(Shape.of(count), index));
    } else {
      Value wide = node.add("places", new Expand(Shape.of(batch, channels, count)), index);
      read = node.add("read", new GatherElements(2), flat, wide);
    }
    if (inside.isEmpty()) {
      return read;
    }
    Value all = inside.stream().reduce(arithmetic::both).orElseThrow();
    return arithmetic.where(all, read, arithmetic.number(0f));
  }
}
