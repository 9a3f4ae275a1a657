package dev.lowpass.testsuite.networks;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;

/** One 64-bit integer without axes, as it selects a place. */
final class IntegerScalar {
  private IntegerScalar() {}

  static Tensor of(long value) {
    return Tensor.ofIntegers(ElementType.I64, new long[] {value}, Shape.of());
  }
}
