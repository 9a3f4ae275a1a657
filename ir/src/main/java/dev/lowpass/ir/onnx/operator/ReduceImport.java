package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Clip;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Op;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.List;

/**
 * ReduceSum and its family: something of each element, one number of all along some axes, something of that. Axes are an
 * attribute, then (ReduceSum from opset 13 on, the others from 18) an operand; without them it is all axes, or none
 * where noop_with_empty_axes says so, which leaves what is done to each element.
 */
final class ReduceImport implements OperatorImport {
  /** Members of the family that do something before or after. */
  enum Form {
    L1,
    L2,
    LOG_SUM,
    LOG_SUM_EXP,
    SUM_SQUARE
  }

  /** What takes an infinite maximum from exponents leaves no infinity less infinity. */
  private static final Clip FINITE = new Clip(-Float.MAX_VALUE, Float.MAX_VALUE);

  private final Along along;

  private ReduceImport(Along along) {
    this.along = along;
  }

  /** What is made of {@code x} along axes, which stay with extent 1. No axes leave every element to itself. */
  private interface Along {
    Value of(NodeImport node, Value x, List<Integer> axes);
  }

  static ReduceImport of(Reduce.Kind kind) {
    return new ReduceImport((node, x, axes) -> plain(node, kind, x, axes));
  }

  static ReduceImport of(Form form) {
    return new ReduceImport((node, x, axes) -> composed(node, form, x, axes));
  }

  @Override
  public void convert(NodeImport node) {
    Value x = node.operand(0);
    Shape shape = x.type().shape();
    List<Integer> axes = axes(node, shape);
    Value result = along.of(node, x, axes);
    if (node.attributes().integer("keepdims", 1) != 0) {
      node.alias(result);
      return;
    }
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(shape.dim(axis));
      }
    }
    node.result(new Reshape(new Shape(dims)), result);
  }

  private static List<Integer> axes(NodeImport node, Shape shape) {
    List<Long> axes = node.integers("axes", 1, "axes").orElse(List.of());
    if (!axes.isEmpty()) {
      return Axes.normal(axes, shape.rank());
    }
    return node.attributes().flag("noop_with_empty_axes") ? List.of() : Statistics.axesFrom(0, shape);
  }

  private static Value plain(NodeImport node, Reduce.Kind kind, Value x, List<Integer> axes) {
    if (axes.isEmpty()) {
      return x;
    }
    if (kind == Reduce.Kind.MEAN) {
      return new Statistics(node).mean("mean", x, axes);
    }
    Op reduce = new Reduce(kind, axes);
    if (x.type().element() != ElementType.BOOL) {
      return node.add("reduced", reduce, x);
    }
    Value bytes = node.add("bytes", new Cast(ElementType.U8), x);
    return node.add("truth", new Cast(ElementType.BOOL), node.add("reduced", reduce, bytes));
  }

  private static Value composed(NodeImport node, Form form, Value x, List<Integer> axes) {
    Statistics statistics = new Statistics(node);
    ElementType element = x.type().element();
    return switch (form) {
      case L1 -> plain(node, Reduce.Kind.SUM, statistics.magnitude("magnitude", x), axes);
      case SUM_SQUARE -> plain(node, Reduce.Kind.SUM, statistics.square("square", x), axes);
      case L2 -> {
        Value sum = plain(node, Reduce.Kind.SUM, statistics.square("square", x), axes);
        yield rounded(node, element, statistics.function("norm", MathFunction.Kind.SQRT, single(node, sum)));
      }
      case LOG_SUM -> {
        Value sum = plain(node, Reduce.Kind.SUM, x, axes);
        yield rounded(node, element, statistics.function("log", MathFunction.Kind.LOG, single(node, sum)));
      }
      case LOG_SUM_EXP -> rounded(node, element, logSumExp(node, statistics, single(node, x), axes));
    };
  }

  private static Value logSumExp(NodeImport node, Statistics statistics, Value x, List<Integer> axes) {
    if (axes.isEmpty()) {
      return x;
    }
    Value largest = node.add("finite", FINITE, statistics.reduced("largest", Reduce.Kind.MAX, x, axes));
    Value shifted = statistics.binary("shifted", Binary.Kind.SUB, x, largest);
    Value powers = statistics.function("power", MathFunction.Kind.EXP, shifted);
    Value sum = statistics.reduced("sum", Reduce.Kind.SUM, powers, axes);
    return statistics.binary("total", Binary.Kind.ADD, statistics.function("log", MathFunction.Kind.LOG, sum), largest);
  }

  private static Value single(NodeImport node, Value x) {
    return x.type().element().isFloating() ? x : node.add("single", new Cast(ElementType.F32), x);
  }

  private static Value rounded(NodeImport node, ElementType element, Value x) {
    return x.type().element() == element ? x : node.add("rounded", new Cast(element), x);
  }
}
