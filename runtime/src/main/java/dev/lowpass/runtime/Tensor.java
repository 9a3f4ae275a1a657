package dev.lowpass.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A dense tensor, row-major, in memory outside the Java heap at an address that compiled code accepts (a multiple of 64
 * bytes). The memory goes back when the tensor and every view of it are unreachable; there is nothing to close. As
 * thread-safe as an array: concurrent reading is fine.
 */
public final class Tensor {
  /** Compiled code takes it for granted, unchecked. */
  private static final int ALIGNMENT = 64;

  private final ElementType type;
  private final List<Long> shape;
  private final ByteBuffer memory;

  private Tensor(ElementType type, List<Long> shape, ByteBuffer memory) {
    this.type = type;
    this.shape = shape;
    this.memory = memory;
  }

  /**
   * A tensor of zeros.
   *
   * @param shape extents, the outermost first; none for a scalar
   * @throws LowpassRuntimeException LP5020 for a negative extent, or a tensor of 2 GiB or more
   */
  public static Tensor allocate(ElementType type, long... shape) {
    List<Long> extents = new ArrayList<>();
    for (long extent : shape) {
      extents.add(extent);
    }
    return allocate(type, extents);
  }

  static Tensor allocate(ElementType type, List<Long> shape) {
    return allocate(type, shape, ALIGNMENT);
  }

  /** As {@link #allocate(ElementType, long...)}, alone on blocks of that many bytes: it begins with one. */
  static Tensor allocate(ElementType type, List<Long> shape, int alignment) {
    TensorSpec spec;
    try {
      spec = new TensorSpec("tensor", type, shape);
    } catch (IllegalArgumentException e) {
      throw new LowpassRuntimeException(5020, "tensor", String.valueOf(e.getMessage()));
    }
    ByteBuffer aligned = ByteBuffer.allocateDirect(roundedUp(spec.bytes(), alignment) + alignment).alignedSlice(alignment);
    return new Tensor(type, spec.shape(), aligned.slice(0, spec.bytes()).order(ByteOrder.nativeOrder()));
  }

  /**
   * A copy of {@code values} as {@code f32}.
   *
   * @throws LowpassRuntimeException LP5020 where the shape has another number of elements
   */
  public static Tensor of(float[] values, long... shape) {
    Tensor tensor = allocate(ElementType.F32, shape);
    tensor.requireElements(values.length);
    tensor.memory.asFloatBuffer().put(values);
    return tensor;
  }

  /** A copy of {@code values} as {@code i64}; otherwise like {@link #of(float[], long...)}. */
  public static Tensor of(long[] values, long... shape) {
    Tensor tensor = allocate(ElementType.I64, shape);
    tensor.requireElements(values.length);
    tensor.memory.asLongBuffer().put(values);
    return tensor;
  }

  /** The element type. */
  public ElementType type() {
    return type;
  }

  /** Extents, the outermost first. */
  public List<Long> shape() {
    return shape;
  }

  /** Number of elements. */
  public int elements() {
    return memory.capacity() / type.bytes();
  }

  /** A view of the memory itself, in the processor's byte order, at position 0. */
  public ByteBuffer buffer() {
    return memory.duplicate().order(ByteOrder.nativeOrder());
  }

  /**
   * A view of the memory itself.
   *
   * @throws LowpassRuntimeException LP5020 for another type than {@code f32}
   */
  public FloatBuffer floatBuffer() {
    requireType(ElementType.F32);
    return memory.asFloatBuffer();
  }

  /**
   * A copy of the elements.
   *
   * @throws LowpassRuntimeException LP5020 for another type than {@code f32}
   */
  public float[] floats() {
    float[] values = new float[elements()];
    floatBuffer().get(values);
    return values;
  }

  /**
   * A copy of the elements.
   *
   * @throws LowpassRuntimeException LP5020 for another type than {@code i64}
   */
  public long[] longs() {
    requireType(ElementType.I64);
    long[] values = new long[elements()];
    memory.asLongBuffer().get(values);
    return values;
  }

  /** A copy in memory of its own. */
  public Tensor copy() {
    Tensor copy = allocate(type, shape);
    copy.buffer().put(buffer());
    return copy;
  }

  /** For example {@code f32[1, 3, 224, 224]}. */
  @Override
  public String toString() {
    return type.toString() + shape;
  }

  private void requireType(ElementType wanted) {
    if (type != wanted) {
      throw new LowpassRuntimeException(5020, "tensor", "holds " + type + ", but was read as " + wanted);
    }
  }

  private void requireElements(int given) {
    if (given != elements()) {
      throw new LowpassRuntimeException(
          5020, "tensor", given + " values given, but shape " + shape + " has " + elements());
    }
  }

  private static int roundedUp(int bytes, int alignment) {
    return Math.addExact(bytes, alignment - 1) & -alignment;
  }
}
