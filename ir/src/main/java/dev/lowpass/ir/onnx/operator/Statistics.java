package dev.lowpass.ir.onnx.operator;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.GlobalAveragePool;
import dev.lowpass.ir.op.MathFunction;
import dev.lowpass.ir.op.Reduce;
import dev.lowpass.ir.op.Reshape;
import dev.lowpass.ir.op.Transpose;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sums, means and functions of a node that is being imported, as nodes of the graph. What is taken along axes keeps them
 * with extent 1.
 */
final class Statistics {
  private static final List<Integer> MAP = List.of(2, 3);

  private final NodeImport node;

  Statistics(NodeImport node) {
    this.node = node;
  }

  /** The axes of {@code shape} from {@code first} on. */
  static List<Integer> axesFrom(int first, Shape shape) {
    return IntStream.range(first, shape.rank()).boxed().toList();
  }

  Value reduced(String suffix, Reduce.Kind kind, Value x, List<Integer> axes) {
    return node.add(suffix, new Reduce(kind, axes), x);
  }

  /** Of maps it is a global average pool, which reads images as they lie; so it is of maps whose channels are last. */
  Value mean(String suffix, Value x, List<Integer> axes) {
    Shape shape = x.type().shape();
    boolean images = shape.rank() == 4 && x.type().element().isFloating() && shape.elements() > 0;
    if (images && axes.equals(MAP)) {
      return node.add(suffix, new GlobalAveragePool(), x);
    }
    if (images && axes.equals(List.of(1, 2))) {
      Value image = node.add("image", new Transpose(List.of(0, 3, 1, 2)), x);
      Value mean = node.add(suffix, new GlobalAveragePool(), image);
      return node.add(suffix + ".last", new Reshape(Shape.of(shape.dim(0), 1, 1, shape.dim(3))), mean);
    }
    return reduced(suffix, Reduce.Kind.MEAN, x, axes);
  }

  Value binary(String suffix, Binary.Kind kind, Value a, Value b) {
    return node.add(suffix, new Binary(kind), a, b);
  }

  /** With a number, of the type of {@code a}, on the right. */
  Value binary(String suffix, Binary.Kind kind, Value a, float b) {
    return binary(suffix, kind, a, number(suffix, b));
  }

  Value function(String suffix, MathFunction.Kind kind, Value x) {
    return node.add(suffix, new MathFunction(kind), x);
  }

  Value square(String suffix, Value x) {
    return binary(suffix, Binary.Kind.MUL, x, x);
  }

  /** |x|, of integers too. */
  Value magnitude(String suffix, Value x) {
    if (x.type().element().isFloating()) {
      return function(suffix, MathFunction.Kind.ABS, x);
    }
    Tensor zero = Tensor.ofIntegers(x.type().element(), new long[1], Shape.of());
    return binary(suffix, Binary.Kind.MAX, x, binary("negative", Binary.Kind.SUB, node.add("zero", zero), x));
  }

  /** (sum of |x| to the {@code p})^(1 / p). */
  Value norm(String suffix, Value x, List<Integer> axes, float p) {
    if (p == 1) {
      return reduced(suffix, Reduce.Kind.SUM, magnitude("magnitude", x), axes);
    }
    if (p == 2) {
      Value sum = reduced("sum", Reduce.Kind.SUM, square("square", x), axes);
      return function(suffix, MathFunction.Kind.SQRT, sum);
    }
    Value powers = binary("power", Binary.Kind.POW, magnitude("magnitude", x), p);
    return binary(suffix, Binary.Kind.POW, reduced("sum", Reduce.Kind.SUM, powers, axes), 1 / p);
  }

  private Value number(String suffix, float value) {
    return node.add(suffix + ".number", Tensor.scalar(value));
  }

  /** {@code value} under another shape; itself where it has that. */
  Value reshaped(String suffix, Value value, Shape shape) {
    return value.type().shape().equals(shape) ? value : node.add(suffix, new Reshape(shape), value);
  }
}
