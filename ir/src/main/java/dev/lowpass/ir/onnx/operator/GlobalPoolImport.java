package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MaxPool;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Window;
import java.util.List;

/**
 * GlobalAveragePool, GlobalMaxPool and GlobalLpPool over any number of spatial axes. Over two, average and maximum are
 * pools of images.
 */
final class GlobalPoolImport implements OperatorImport {
  /** Which of the three. */
  enum Kind {
    AVERAGE,
    MAX,
    NORM
  }

  private final Kind kind;

  GlobalPoolImport(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    if (shape.rank() < 2) {
      throw new IllegalArgumentException("takes [N, C, ...], not " + shape);
    }
    List<Integer> axes = Statistics.axesFrom(2, shape);
    boolean images = shape.rank() == 4 && x.type().element().isFloating() && shape.elements() > 0;
    switch (kind) {
      case AVERAGE -> node.result(images ? new GlobalAveragePool() : new Reduce(Reduce.Kind.MEAN, axes), x);
      case MAX -> node.result(images ? whole(shape) : new Reduce(Reduce.Kind.MAX, axes), x);
      case NORM -> node.alias(new Statistics(node).norm("norm", x, axes, node.attributes().integer("p", 2)));
    }
  }

  private static Op whole(Shape shape) {
    return new MaxPool(new Window(shape.dims().subList(2, 4), Window.ONES, Window.NO_PADS, Window.ONES), false);
  }
}
