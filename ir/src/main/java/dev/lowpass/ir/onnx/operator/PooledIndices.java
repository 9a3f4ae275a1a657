package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Gather;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.MaxPoolIndices;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Window;
import java.util.List;

/**
 * Where the maxima of a MaxPool of maps with one to three axes lie. Of a volume these are found plane by plane, then it is
 * found which plane has the greatest, and its index is taken.
 *
 * @param axes the window along each axis
 * @param columnMajor whether the first axis counts the fastest
 */
record PooledIndices(NodeImport node, List<WindowAxis> axes, boolean ceil, boolean columnMajor) {
  /** Defines output 1. */
  void of(Value map) {
    Shape shape = map.type().shape();
    switch (axes.size()) {
      case 1 -> {
        Value row = node.add("row", new Reshape(Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2))), map);
        Window window = WindowAxis.window(WindowAxis.NONE, axes.getFirst());
        Value image = node.add("indices", new MaxPoolIndices(window, ceil, false), row);
        Shape made = image.type().shape();
        node.result(1, new Reshape(Shape.of(made.dim(0), made.dim(1), made.dim(3))), image);
      }
      case 2 -> {
        Window window = WindowAxis.window(axes.get(0), axes.get(1));
        node.result(1, new MaxPoolIndices(window, ceil, columnMajor), map);
      }
      default -> volume(map, shape);
    }
  }

  private void volume(Value map, Shape shape) {
    Arithmetic arithmetic = new Arithmetic(node);
    int depth = shape.dim(2);
    Shape planes = Shape.of(shape.dim(0), Math.multiplyExact(shape.dim(1), depth), shape.dim(3), shape.dim(4));
    Value flat = arithmetic.reshaped(planes, map);
    Window inPlane = WindowAxis.window(axes.get(1), axes.get(2));
    Value maxima = node.add("maxima", new MaxPool(inPlane, ceil), flat);
    Value places = node.add("places", new MaxPoolIndices(inPlane, ceil, false), flat);
    int height = maxima.type().shape().dim(2);
    int width = maxima.type().shape().dim(3);
    Value depths = arithmetic.reshaped(Shape.of(shape.dim(0), shape.dim(1), depth, height * width), maxima);
    Window across = WindowAxis.window(axes.get(0), WindowAxis.NONE);
    Value which = node.add("planes", new MaxPoolIndices(across, ceil, false), depths);
    Value line = arithmetic.reshaped(Shape.of(Math.toIntExact(places.type().shape().elements())), places);
    Value found = node.add("found", new Gather(0), line, which);
    Value counted = columnMajor ? byColumns(found, shape) : found;
    Shape result = Shape.of(shape.dim(0), shape.dim(1), found.type().shape().dim(2), height, width);
    node.result(1, new Reshape(result), counted);
  }

  /** Indices of a volume counted with its first axis the fastest. */
  private Value byColumns(Value index, Shape shape) {
    Arithmetic arithmetic = new Arithmetic(node);
    long plane = (long) shape.dim(3) * shape.dim(4);
    Value row = arithmetic.number(shape.dim(4), index);
    Value inVolume = arithmetic.modulo(index, arithmetic.number(plane * shape.dim(2), index));
    Value volume = arithmetic.minus(index, inVolume);
    Value d = arithmetic.over(inVolume, arithmetic.number(plane, index));
    Value inPlane = arithmetic.modulo(inVolume, arithmetic.number(plane, index));
    Value h = arithmetic.over(inPlane, row);
    Value w = arithmetic.modulo(inPlane, row);
    Value column = arithmetic.plus(arithmetic.times(w, arithmetic.number(shape.dim(3), index)), h);
    Value place = arithmetic.plus(arithmetic.times(column, arithmetic.number(shape.dim(2), index)), d);
    return arithmetic.plus(volume, place);
  }
}
