package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.AveragePool;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import dev.lowpass.ir.op.Window;
import java.util.List;

/**
 * LRN: x / (bias + alpha · mean of squares of {@code size} neighbouring channels)^beta, zeros beyond the first and the
 * last. The mean is an average pool along channels, of the data seen as images [N, places, C, 1].
 */
final class LocalResponseNormalizationImport implements OperatorImport {
  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    if (shape.rank() < 2) {
      throw new IllegalArgumentException("takes [N, C, ...], not " + shape);
    }
    int size = Math.toIntExact(node.attributes().integer("size", 0));
    if (size < 1) {
      throw new IllegalArgumentException("size = " + size + "; it is 1 or more");
    }
    Statistics statistics = new Statistics(node);
    Value mean = shape.elements() == 0 ? x : means(node, statistics.square("square", x), size);
    float alpha = node.attributes().real("alpha", 1e-4f);
    Value part = statistics.binary("part", Binary.Kind.MUL, mean, alpha);
    Value sum = statistics.binary("base", Binary.Kind.ADD, part, node.attributes().real("bias", 1));
    Value divisor = statistics.binary("divisor", Binary.Kind.POW, sum, node.attributes().real("beta", 0.75f));
    node.result(new Binary(Binary.Kind.DIV), x, divisor);
  }

  private static Value means(NodeImport node, Value squares, int size) {
    Shape shape = squares.type().shape();
    int batch = shape.dim(0);
    int channels = shape.dim(1);
    int places = Math.toIntExact(shape.elements() / batch / channels);
    int before = (size - 1) / 2;
    Window window =
        new Window(List.of(size, 1), Window.ONES, List.of(before, 0, size - 1 - before, 0), Window.ONES);
    Value rows = node.add("rows", new Reshape(Shape.of(batch, channels, places)), squares);
    Value columns = node.add("columns", new Transpose(List.of(0, 2, 1)), rows);
    Value images = node.add("images", new Reshape(Shape.of(batch, places, channels, 1)), columns);
    Value means = node.add("means", new AveragePool(window, false, true), images);
    Value flat = node.add("flat", new Reshape(Shape.of(batch, places, channels)), means);
    return node.add("back", new Reshape(shape), node.add("turned", new Transpose(List.of(0, 2, 1)), flat));
  }
}
