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
    return allocate(type, extents(shape));
  }

  private static List<Long> extents(long... shape) {
    List<Long> extents = new ArrayList<>();
    for (long extent : shape) {
      extents.add(extent);
    }
    return extents;
  }

  private static TensorSpec spec(ElementType type, List<Long> shape) {
    try {
      return new TensorSpec("tensor", type, shape);
    } catch (IllegalArgumentException e) {
      throw new LowpassRuntimeException(5020, "tensor", String.valueOf(e.getMessage()));
    }
  }

  static Tensor allocate(ElementType type, List<Long> shape) {
    return allocate(type, shape, ALIGNMENT);
  }

  /** As {@link #allocate(ElementType, long...)}, alone on blocks of that many bytes: it begins with one. */
  static Tensor allocate(ElementType type, List<Long> shape, int alignment) {
    TensorSpec spec = spec(type, shape);
    ByteBuffer aligned = ByteBuffer.allocateDirect(roundedUp(spec.bytes(), alignment) + alignment).alignedSlice(alignment);
    return new Tensor(type, spec.shape(), aligned.slice(0, spec.bytes()).order(ByteOrder.nativeOrder()));
  }

  /**
   * A tensor over the caller's memory, which is not copied: what is written to one is read from the other. The memory must
   * be there as long as the tensor is used; for a buffer of Java's own that is so.
   *
   * @param memory a direct buffer, which from its position to its limit has exactly the tensor's bytes, in the processor's
   *     byte order whatever the buffer's own is. It begins at an address that is a multiple of 64, as {@link
   *     ByteBuffer#alignedSlice} finds one. Where it is read-only, the tensor can be an input and no output.
   * @throws LowpassRuntimeException LP5020 where it is another kind of buffer, of another length, or begins elsewhere
   */
  public static Tensor wrap(ByteBuffer memory, ElementType type, long... shape) {
    TensorSpec spec = spec(type, extents(shape));
    if (!memory.isDirect()) {
      throw new LowpassRuntimeException(5020, "tensor", "is to wrap a buffer on the heap; take a direct one");
    }
    if (memory.remaining() != spec.bytes()) {
      String problem = "is to wrap " + memory.remaining() + " bytes, but " + type + spec.shape() + " has " + spec.bytes();
      throw new LowpassRuntimeException(5020, "tensor", problem);
    }
    int beyond = memory.alignmentOffset(memory.position(), ALIGNMENT);
    if (beyond != 0) {
      String problem = "is to wrap memory that begins " + beyond + " bytes behind a multiple of " + ALIGNMENT;
      throw new LowpassRuntimeException(5020, "tensor", problem + "; ByteBuffer.alignedSlice finds one");
    }
    return new Tensor(type, spec.shape(), memory.slice().order(ByteOrder.nativeOrder()));
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

  /** Fails where memory that is not Java's own is gone: its buffer is told, by whoever gave it back. */
  void requireMemory() {
    if (memory.hasRemaining()) {
      memory.get(0);
    }
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
