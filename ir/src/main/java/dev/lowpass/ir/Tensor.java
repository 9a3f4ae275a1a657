package dev.lowpass.ir;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A constant: a spatial tensor with its elements in row-major order. Immutable by convention: arrays are not to be
 * written. A {@code u64} is held as the {@code long} of the same bits.
 */
public final class Tensor {
  private final TensorType type;
  private final float[] floats;
  private final long[] integers;

  private Tensor(TensorType type, float[] floats, long[] integers) {
    this.type = type;
    this.floats = floats;
    this.integers = integers;
    long stored = type.element().isFloating() ? floats.length : integers.length;
    if (stored != type.shape().elements()) {
      throw new IllegalArgumentException(stored + " elements for " + type);
    }
  }

  public static Tensor of(float[] values, int... shape) {
    return of(values, Shape.of(shape));
  }

  public static Tensor of(float[] values, Shape shape) {
    return new Tensor(TensorType.spatial(ElementType.F32, shape), values, new long[0]);
  }

  /** A tensor of a floating-point type of another width: numbers that it holds, as f32. */
  public static Tensor ofFloats(ElementType element, float[] values, Shape shape) {
    if (!element.isFloating()) {
      throw new IllegalArgumentException(element + " is no floating-point type");
    }
    return new Tensor(TensorType.spatial(element, shape), values, new long[0]);
  }

  public static Tensor scalar(float value) {
    return of(new float[] {value});
  }

  /** A tensor of an integer or boolean element type (booleans are 0 and 1). */
  public static Tensor ofIntegers(ElementType element, long[] values, Shape shape) {
    if (element.isFloating()) {
      throw new IllegalArgumentException(element + " is not an integer type");
    }
    return new Tensor(TensorType.spatial(element, shape), new float[0], values);
  }

  /** The tensor of a type that has no elements. */
  public static Tensor empty(TensorType type) {
    return new Tensor(type, new float[0], new long[0]);
  }

  public TensorType type() {
    return type;
  }

  public Shape shape() {
    return type.shape();
  }

  /** The elements of a floating-point tensor; all widths are held as f32, in which everything is computed. */
  public float[] floats() {
    if (!type.element().isFloating()) {
      throw new IllegalStateException(type + " holds integers");
    }
    return floats;
  }

  /** The elements of an integer or boolean tensor. */
  public long[] integers() {
    if (type.element().isFloating()) {
      throw new IllegalStateException(type + " holds floating-point numbers");
    }
    return integers;
  }

  public double at(int index) {
    if (type.element().isFloating()) {
      return floats[index];
    }
    long value = integers[index];
    return type.element() == ElementType.U64 && value < 0 ? (value >>> 1) * 2.0 + (value & 1) : value;
  }

  /** The numbers of a floating-point tensor as f32: what kernels compute with. */
  public Tensor single() {
    return type.element() == ElementType.F32 ? this : of(floats(), shape());
  }

  /** The same elements under another shape of the same size. */
  public Tensor reshaped(Shape shape) {
    return new Tensor(type.withShape(shape), floats, integers);
  }

  public double[] toDoubles() {
    return IntStream.range(0, (int) shape().elements()).mapToDouble(this::at).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type.equals(that.type)
        && Arrays.equals(floats, that.floats)
        && Arrays.equals(integers, that.integers);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(floats) + Arrays.hashCode(integers);
  }

  @Override
  public String toString() {
    return "tensor " + type;
  }
}
