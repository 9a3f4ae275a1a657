package dev.lowpass.ir.interpreter;

import dev.lowpass.ir.Bands;
import dev.lowpass.ir.Domain;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.TensorType;

/**
 * The elements of one value in double precision, in row-major order of {@link #storageShape()}.
 *
 * <p>Samples are stored as their shape says. Coefficients of a map [N, C, H, W] are stored as [N, C, blocks,
 * coefficients]: blocks row by row over the (padded) map, coefficients in the order that the type names, so that DC is
 * the first of each block. Arrays are shared, not copied; nobody writes to them after construction.
 */
public record Numbers(TensorType type, double[] values) {
  public Numbers {
    if (values.length != storageShape(type).elements()) {
      throw new IllegalArgumentException(values.length + " elements for " + type);
    }
  }

  /** A tensor's elements. */
  public static Numbers of(Tensor tensor) {
    return new Numbers(tensor.type(), tensor.toDoubles());
  }

  /** Elements of a value of type {@code type}, given as a plain tensor of its storage shape. */
  public static Numbers of(TensorType type, Tensor stored) {
    return new Numbers(type, stored.toDoubles());
  }

  /** The shape in which values of type {@code type} are stored: that of the type, or [N, C, blocks, coefficients]. */
  public static Shape storageShape(TensorType type) {
    return switch (type.domain()) {
      case Domain.Spatial spatial -> type.shape();
      case Domain.Frequency frequency ->
          Shape.of(
              type.shape().dim(0),
              type.shape().dim(1),
              frequency.block().count(type.shape().dim(2), type.shape().dim(3)),
              frequency.block().size());
    };
  }

  public Shape storageShape() {
    return storageShape(type);
  }

  /** Elements of one channel of one image: H · W samples, or blocks · coefficients. */
  int plane() {
    Shape stored = storageShape();
    return Math.multiplyExact(stored.dim(2), stored.dim(3));
  }

  /**
   * The elements as a layer of {@code precision} multiplies them. Coefficients are rounded as kernels hold them, see
   * {@link dev.lowpass.ir.CoefficientOrder#gains}.
   */
  Numbers rounded(Precision precision) {
    if (precision == Precision.FLOAT32) {
      return this;
    }
    double[] gains =
        switch (type.domain()) {
          case Domain.Spatial spatial -> new double[] {1};
          case Domain.Frequency frequency -> frequency.order().gains(frequency.block());
        };
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double gain = gains[i % gains.length];
      rounded[i] = gain * precision.rounded((float) (values[i] / gain));
    }
    return new Numbers(type, rounded);
  }

  /** Coefficients with those beyond each channel's band read as zero. */
  Numbers truncated(Bands bands) {
    int size = type.frequency().block().size();
    int plane = plane();
    int channels = type.shape().dim(1);
    double[] kept = new double[values.length];
    for (int start = 0; start < values.length; start += size) {
      int channel = start / plane % channels;
      System.arraycopy(values, start, kept, start, Math.min(size, bands.of(channel)));
    }
    return new Numbers(type, kept);
  }

  /**
   * The elements as a spatial tensor of the storage shape, rounded to the element type: integers towards zero, and then
   * to the low bits that the type has.
   */
  public Tensor toTensor() {
    ElementType element = type.element();
    if (element.isFloating()) {
      float[] rounded = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        rounded[i] = element.rounded((float) values[i]);
      }
      return Tensor.ofFloats(element, rounded, storageShape());
    }
    long[] whole = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      whole[i] = whole(values[i], element);
    }
    return Tensor.ofIntegers(element, whole, storageShape());
  }

  /** {@code value} as a number of an integer type: towards zero to 64 bits, NaN to 0, and of those the low ones. */
  static long whole(double value, ElementType element) {
    if (element == ElementType.BOOL) {
      return value == 0 ? 0 : 1;
    }
    boolean beyondLong = element == ElementType.U64 && value >= 0x1p63;
    return beyondLong ? (long) (value - 0x1p63) + Long.MIN_VALUE : element.wrapped((long) value);
  }

  /** These numbers in their own type: floating-point ones as they are, integers whole and wrapped around. */
  Numbers settled() {
    return type.element().isFloating() ? this : of(type, toTensor());
  }
}
