package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Reshape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Functions of two operands with broadcasting; Sum, Min and Max also take one or more than two, from the left. */
final class BinaryImport implements OperatorImport {
  private final Binary.Kind kind;

  BinaryImport(Binary.Kind kind) {
    this.kind = kind;
  }

  @Override
  public void convert(NodeImport node) {
    Value result = node.operand(0);
    if (kind == Binary.Kind.POW && isTwo(node, node.operand(1))) {
      node.result(Binary.mul(), result, result);
      return;
    }
    if (kind == Binary.Kind.POW && hasFraction(node.operand(1)) && !hasFraction(result)) {
      Value base = node.operand(0, ElementType.F32);
      node.resultAs(result.type().element(), node.add("power", new Binary(kind), base, node.operand(1)));
      return;
    }
    for (int i = 1; i < node.operandCount(); i++) {
      Value operand = aligned(node, result, sameElement(node, result, node.operand(i)));
      if (kind == Binary.Kind.DIV) {
        node.tensor(operand).ifPresent(BinaryImport::requireDivisor);
      }
      if (i == node.operandCount() - 1) {
        node.result(new Binary(kind), result, operand);
        return;
      }
      result = node.add("part" + i, new Binary(kind), result, operand);
    }
    node.alias(result);
  }

  /**
   * Before opset 7 the second operand could start at any axis of the first; its shape is filled up with ones at the
   * end.
   */
  static Value aligned(NodeImport node, Value left, Value right) {
    Shape shape = right.type().shape();
    if (node.opset() >= 7 || !node.attributes().flag("broadcast") || !node.attributes().has("axis")) {
      return right;
    }
    int rank = left.type().shape().rank();
    List<Integer> dims = new ArrayList<>(shape.dims());
    dims.addAll(Collections.nCopies(rank - Axes.normal(node.attributes().integer("axis", 0), rank) - shape.rank(), 1));
    return node.add("aligned", new Reshape(new Shape(dims)), right);
  }

  /** Squares are what normalisations ask of Pow. */
  private static boolean isTwo(NodeImport node, Value exponent) {
    Shape base = node.operand(0).type().shape();
    return exponent.type().shape().rank() <= base.rank()
        && exponent.type().shape().elements() == 1
        && node.tensor(exponent).filter(two -> two.at(0) == 2).isPresent();
  }

  private static boolean hasFraction(Value value) {
    return value.type().element().isFloating();
  }

  /** Integers have no infinity that a division by zero could give. */
  private static void requireDivisor(Tensor divisor) {
    if (!divisor.type().element().isFloating() && Arrays.stream(divisor.integers()).anyMatch(value -> value == 0)) {
      throw new IllegalArgumentException("a division of integers by zero");
    }
  }

  /** Pow may have an exponent of another type than its base. */
  private Value sameElement(NodeImport node, Value base, Value operand) {
    if (kind != Binary.Kind.POW || base.type().element() == operand.type().element()) {
      return operand;
    }
    return node.add("exponent", new Cast(base.type().element()), operand);
  }
}
