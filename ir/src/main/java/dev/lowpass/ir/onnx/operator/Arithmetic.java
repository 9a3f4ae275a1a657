package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Cast;
import dev.lowpass.ir.op.Comparison;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Select;
import dev.lowpass.ir.op.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Formulas of intermediate values, for operators that become many nodes. */
record Arithmetic(NodeImport node) {
  Value plus(Value a, Value b) {
    return node.add("sum", Binary.add(), a, b);
  }

  Value minus(Value a, Value b) {
    return node.add("difference", new Binary(Binary.Kind.SUB), a, b);
  }

  Value times(Value a, Value b) {
    return node.add("product", Binary.mul(), a, b);
  }

  Value over(Value a, Value b) {
    return node.add("quotient", new Binary(Binary.Kind.DIV), a, b);
  }

  Value modulo(Value a, Value b) {
    return node.add("remainder", new Binary(Binary.Kind.MOD), a, b);
  }

  Value least(Value a, Value b) {
    return node.add("least", new Binary(Binary.Kind.MIN), a, b);
  }

  Value most(Value a, Value b) {
    return node.add("most", new Binary(Binary.Kind.MAX), a, b);
  }

  Value floor(Value a) {
    return node.add("floor", new MathFunction(MathFunction.Kind.FLOOR), a);
  }

  Value compare(Comparison.Kind relation, Value a, Value b) {
    return node.add("relation", new Comparison(relation), a, b);
  }

  Value both(Value a, Value b) {
    return node.add("both", new Bitwise(Bitwise.Kind.AND), a, b);
  }

  Value where(Value condition, Value a, Value b) {
    return node.add("either", new Select(), condition, a, b);
  }

  Value cast(ElementType element, Value a) {
    return a.type().element() == element ? a : node.add("number", new Cast(element), a);
  }

  Value reshaped(Shape shape, Value a) {
    return a.type().shape().equals(shape) ? a : node.add("shaped", new Reshape(shape), a);
  }

  /** A number of the type of {@code like}. */
  Value number(long number, Value like) {
    ElementType element = like.type().element();
    return node.add(
        "constant",
        element.isFloating()
            ? Tensor.scalar(number)
            : Tensor.ofIntegers(element, new long[] {number}, Shape.of()));
  }

  Value number(float number) {
    return node.add("constant", Tensor.scalar(number));
  }

  /** {@code count} slices of {@code a} along {@code axis}, which stays. */
  Value part(Value a, int axis, int first, int count) {
    Shape shape = a.type().shape();
    List<Integer> starts = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
    starts.set(axis, first);
    List<Integer> steps = Collections.nCopies(shape.rank(), 1);
    return node.add("part", new Slice(starts, shape.with(axis, count).dims(), steps), a);
  }
}
