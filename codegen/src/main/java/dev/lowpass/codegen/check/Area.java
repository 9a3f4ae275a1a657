package dev.lowpass.codegen.check;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The host's memory of one argument of kernels. */
final class Area implements AutoCloseable {
  private static final float[] POISON = new float[1 << 14];

  static {
    Arrays.fill(POISON, Float.NaN);
  }

  private final DataType type;
  private final long seen;
  private final HostMemory host;

  /**
   * @param seen elements that the code knows of
   * @param more elements behind them
   */
  Area(DataType type, long seen, long more) {
    this.type = type;
    this.seen = seen;
    this.host = HostMemory.allocate((seen + more) * type.bytes());
  }

  DataType type() {
    return type;
  }

  /** What code on the processor is given. */
  DeviceTensor tensor() {
    return DeviceTensor.host(host.address(), type, seen);
  }

  /** Where all of it begins. */
  long address() {
    return host.address();
  }

  /** Bytes of all of it. */
  long size() {
    return host.bytes();
  }

  long elements() {
    return host.bytes() / type.bytes();
  }

  ByteBuffer bytes() {
    return host.buffer();
  }

  /** Writes all elements of {@code values}, from the first on, as inputs have them. */
  void put(Tensor values) {
    ByteBuffer buffer = host.buffer();
    ElementType element = values.type().element();
    for (int i = 0; i < values.shape().elements(); i++) {
      switch (element) {
        case F32 -> buffer.putFloat(values.floats()[i]);
        case F64 -> buffer.putDouble(values.floats()[i]);
        case F16 -> buffer.putShort(Float.floatToFloat16(values.floats()[i]));
        case BF16 -> buffer.putShort((short) (Float.floatToRawIntBits(values.floats()[i]) >>> 16));
        case I8, U8, BOOL -> buffer.put((byte) values.integers()[i]);
        case I16, U16 -> buffer.putShort((short) values.integers()[i]);
        case I32, U32 -> buffer.putInt((int) values.integers()[i]);
        case I64, U64 -> buffer.putLong(values.integers()[i]);
      }
    }
  }

  /** The first {@code count} elements, as outputs have them. */
  Tensor encoded(ElementType element, int count) {
    ByteBuffer buffer = host.buffer();
    return tensor(
        element,
        count,
        () ->
            switch (element) {
              case F32 -> buffer.getFloat();
              case F64 -> (float) buffer.getDouble();
              case F16 -> Float.float16ToFloat(buffer.getShort());
              case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
              case I8, U8, I16, U16, I32, U32, I64, U64, BOOL -> throw new IllegalStateException("integers");
            },
        () ->
            switch (element) {
              case I8, U8, BOOL -> buffer.get();
              case I16, U16 -> buffer.getShort();
              case I32, U32 -> buffer.getInt();
              case I64, U64 -> buffer.getLong();
              case F32, F64, F16, BF16 -> throw new IllegalStateException("numbers with fractions");
            });
  }

  /** {@code count} elements from word {@code start} on, as {@link dev.lowpass.codegen.element.Words} lays them out. */
  Tensor words(ElementType element, long start, int count) {
    ByteBuffer buffer = host.buffer().position(Math.toIntExact(start * Integer.BYTES));
    boolean pairs = element == ElementType.I64 || element == ElementType.U64;
    return tensor(element, count, buffer::getFloat, pairs ? buffer::getLong : buffer::getInt);
  }

  /** {@code count} numbers of float16 from word {@code start} on. */
  Tensor halves(long start, int count) {
    ByteBuffer buffer = host.buffer().position(Math.toIntExact(start * Integer.BYTES));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.float16ToFloat(buffer.getShort());
    }
    return Tensor.of(values, Shape.of(count));
  }

  private static Tensor tensor(ElementType element, int count, Supplier<Float> reals, LongSupplier integers) {
    if (element.isFloating()) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = reals.get();
      }
      return Tensor.ofFloats(element, values, Shape.of(count));
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = element.wrapped(integers.getAsLong());
    }
    return Tensor.ofIntegers(element, values, Shape.of(count));
  }

  /** Fills everything with bytes that are neither small numbers nor truth values. */
  void poison() {
    ByteBuffer buffer = host.buffer();
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0xAD);
    }
  }

  /** Fills {@code count} words from word {@code start} on with NaN. */
  void poison(long start, long count) {
    FloatBuffer floats = floats(start, count);
    while (floats.hasRemaining()) {
      floats.put(POISON, 0, Math.min(POISON.length, floats.remaining()));
    }
  }

  private FloatBuffer floats(long start, long count) {
    return host.buffer().asFloatBuffer().slice(Math.toIntExact(start), Math.toIntExact(count));
  }

  @Override
  public void close() {
    host.close();
  }
}
