package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Binary;
import dev.lowpass.ir.op.Elementwise;
import java.util.Arrays;

/** Functions of one element, and of two. */
final class Arithmetic {
  private Arithmetic() {}

  static Numbers elementwise(Elementwise function, Numbers input) {
    return new Numbers(input.type(), Arrays.stream(input.values()).map(function::apply).toArray());
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
      z[i] = kind.apply(x[i], y[i]);
    }
    return new Numbers(type, type.element().isFloating() ? z : towardsZero(z));
  }

  private static double[] broadcast(Numbers numbers, Shape shape) {
    Shape own = numbers.storageShape();
    return own.equals(shape) ? numbers.values() : StridedView.broadcast(own, shape).gather(numbers.values());
  }

  /** Integer division truncates, as in ONNX. */
  private static double[] towardsZero(double[] values) {
    return Arrays.stream(values).map(value -> value < 0 ? Math.ceil(value) : Math.floor(value)).toArray();
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
