package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.TensorType;
import dev.lowpass.ir.op.Bitwise;
import dev.lowpass.ir.op.Comparison;
import java.util.Arrays;

/** What is true of elements, and functions of bits. */
final class TruthValues {
  private TruthValues() {}

  static Numbers compared(Comparison.Kind kind, Numbers a, Numbers b, TensorType type) {
    double[] x = Arithmetic.broadcast(a, type.shape());
    double[] y = Arithmetic.broadcast(b, type.shape());
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = kind.holds(x[i], y[i]) ? 1 : 0;
    }
    return new Numbers(type, z);
  }

  static Numbers isNan(Numbers x, TensorType type) {
    return new Numbers(type, Arrays.stream(x.values()).map(value -> Double.isNaN(value) ? 1 : 0).toArray());
  }

  static Numbers bitwise(Bitwise.Kind kind, Numbers a, Numbers b, TensorType type) {
    ElementType element = type.element();
    double[] x = Arithmetic.broadcast(a, type.shape());
    double[] y = Arithmetic.broadcast(b, type.shape());
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      long bits = kind.apply(Numbers.whole(x[i], element), Numbers.whole(y[i], element), element);
      long whole = element.wrapped(bits);
      z[i] = element == ElementType.U64 && whole < 0 ? (whole >>> 1) * 2.0 + (whole & 1) : whole;
    }
    return new Numbers(type, z);
  }
}
