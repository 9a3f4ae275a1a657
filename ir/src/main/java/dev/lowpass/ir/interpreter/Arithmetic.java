package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Elementwise;
import java.util.Arrays;
import java.util.List;

/** Functions of one element, and of two. */
final class Arithmetic {
  private Arithmetic() {}

  static Numbers elementwise(Elementwise function, Numbers input) {
    return new Numbers(input.type(), Arrays.stream(input.values()).map(function::apply).toArray()).settled();
  }

  static Numbers binary(Binary.Kind kind, Numbers a, Numbers b, TensorType type) {
    if (a.type().isSpatial() == b.type().isSpatial()) {
      return pairwise(kind, a, b, type);
    }
    return a.type().isSpatial() ? withChannelValues(kind, b, a, type) : withChannelValues(kind, a, b, type);
  }

  /** Samples broadcast; coefficients of one grid have one storage shape and pair up as they are. */
  private static Numbers pairwise(Binary.Kind kind, Numbers a, Numbers b, TensorType type) {
    Shape shape = Numbers.storageShape(type);
    double[] x = broadcast(a, shape);
    double[] y = broadcast(b, shape);
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      boolean none = y[i] == 0 && !type.element().isFloating();
      z[i] = none ? withZero(kind, x[i]) : kind.apply(x[i], y[i]);
    }
    return new Numbers(type, z).settled();
  }

  /** Of integers the quotient by 0 is 0 here, and the remainder the dividend; ONNX says nothing of them. */
  private static double withZero(Binary.Kind kind, double x) {
    return switch (kind) {
      case DIV -> 0;
      case MOD, REMAINDER -> x;
      case ADD, SUB, MUL, MIN, MAX, POW, PRELU -> kind.apply(x, 0);
    };
  }

  static double[] broadcast(Numbers numbers, Shape shape) {
    Shape own = numbers.storageShape();
    return own.equals(shape) ? numbers.values() : StridedView.broadcast(own, shape).gather(numbers.values());
  }

  /** Rounded to the type that is asked for; to and from f64 nothing happens. */
  static Numbers cast(Numbers input, TensorType type) {
    Numbers cast = new Numbers(type, input.values());
    return switch (type.element()) {
      case F32, F64 -> cast;
      case F16, BF16, I8, U8, I16, U16, I32, U32, I64, U64, BOOL -> Numbers.of(type, cast.toTensor());
    };
  }

  /** Where the first operand is not 0 the second, else the third. */
  static Numbers select(List<Numbers> operands, TensorType type) {
    double[] condition = broadcast(operands.get(0), type.shape());
    double[] x = broadcast(operands.get(1), type.shape());
    double[] y = broadcast(operands.get(2), type.shape());
    double[] z = new double[condition.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = condition[i] != 0 ? x[i] : y[i];
    }
    return new Numbers(type, z);
  }

  /** A factor scales all coefficients of its channel; a summand is a constant map, which is DC alone. */
  private static Numbers withChannelValues(Binary.Kind kind, Numbers coefficients, Numbers channels, TensorType type) {
    Shape shape = Numbers.storageShape(type);
    double[] values = broadcast(channels, shape.with(2, 1).with(3, 1));
    double gain = type.frequency().block().dcGain();
    boolean scales = kind == Binary.Kind.MUL || kind == Binary.Kind.DIV;
    int step = scales ? 1 : type.frequency().block().size();
    double[] z = coefficients.values().clone();
    for (int i = 0; i < z.length; i += step) {
      double value = values[i / coefficients.plane()];
      z[i] = kind.apply(z[i], scales ? value : gain * value);
    }
    return new Numbers(type, z);
  }
}
