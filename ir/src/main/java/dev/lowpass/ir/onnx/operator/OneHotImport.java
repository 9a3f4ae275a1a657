package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * OneHot: on where an index is the place along the new axis, counted from the front or from the end; off elsewhere, and
 * everywhere for an index outside.
 */
final class OneHotImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Tensor depth = node.constant(1, "a depth").orElseThrow(() -> new IllegalArgumentException("the depth is missing"));
    int places = Math.toIntExact((long) depth.at(0));
    Shape shape = node.shape(0);
    int axis = Axes.normal(node.attributes().integer("axis", -1), shape.rank() + 1);
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.add(axis, 1);
    node.requireElements(new Shape(dims).with(axis, places));
    Value index = node.add("index", new Reshape(new Shape(dims)), node.operand(0, ElementType.I64));
    Value off = value(node, "off", 0);
    Value on = value(node, "on", 1);
    Shape line = Shape.of(places);
    for (int i = axis; i < shape.rank(); i++) {
      line = new Shape(append(line));
    }
    Value fromFront = differs(node, "front", index, line, places, 0);
    Value fromEnd = differs(node, "end", index, line, places, -places);
    node.result(new Select(), fromFront, node.add("either", new Select(), fromEnd, off, on), on);
  }

  private static Value value(NodeImport node, String name, int index) {
    if (!node.shape(2).equals(Shape.of(2))) {
      throw new IllegalArgumentException("values off and on are two numbers, not " + node.operand(2).type());
    }
    Value slice = node.add(name + ".value", Slice.along(Shape.of(2), 0, index, 1), node.operand(2));
    return node.add(name, new Reshape(Shape.of()), slice);
  }

  private static List<Integer> append(Shape shape) {
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.add(1);
    return dims;
  }

  /** Whether an index is not the place {@code first + i} of each i along the new axis. */
  private static Value differs(NodeImport node, String name, Value index, Shape line, int places, int first) {
    long[] numbers = new long[places];
    for (int i = 0; i < places; i++) {
      numbers[i] = first + i;
    }
    Value constant = node.add(name + ".places", Tensor.ofIntegers(ElementType.I64, numbers, line));
    Value difference = node.add(name + ".difference", new Binary(Binary.Kind.SUB), index, constant);
    return node.add(name, new Cast(ElementType.BOOL), difference);
  }
}
