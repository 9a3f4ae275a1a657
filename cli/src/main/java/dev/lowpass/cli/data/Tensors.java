package dev.lowpass.cli.data;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Tensor;
import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;

/** Between the compiler's constants and the runtime's tensors. */
public final class Tensors {
  private Tensors() {}

  /** The same numbers for the runtime. */
  public static Tensor of(dev.lowpass.ir.Tensor constant) {
    ElementType type = ElementType.parse(constant.type().element().toString());
    long[] shape = constant.shape().dims().stream().mapToLong(Integer::longValue).toArray();
    Tensor tensor = Tensor.allocate(type, shape);
    ByteBuffer buffer = tensor.buffer();
    if (constant.type().element().isFloating()) {
      for (float value : constant.floats()) {
        put(buffer, type, value);
      }
    } else {
      for (long value : constant.integers()) {
        put(buffer, type, value);
      }
    }
    return tensor;
  }

  private static void put(ByteBuffer buffer, ElementType type, float value) {
    switch (type) {
      case F32 -> buffer.putFloat(value);
      case F64 -> buffer.putDouble(value);
      case I8, U8, I32, I64, BOOL -> put(buffer, type, (long) value);
    }
  }

  private static void put(ByteBuffer buffer, ElementType type, long value) {
    switch (type) {
      case I8, U8, BOOL -> buffer.put((byte) value);
      case I32 -> buffer.putInt((int) value);
      case I64 -> buffer.putLong(value);
      case F32, F64 -> put(buffer, type, (float) value);
    }
  }

  /** The elements of {@code tensor} by their place, as doubles. */
  public static IntToDoubleFunction elements(Tensor tensor) {
    ByteBuffer buffer = tensor.buffer();
    return switch (tensor.type()) {
      case F32 -> i -> buffer.getFloat(4 * i);
      case F64 -> i -> buffer.getDouble(8 * i);
      case I8, BOOL -> buffer::get;
      case U8 -> i -> buffer.get(i) & 255;
      case I32 -> i -> buffer.getInt(4 * i);
      case I64 -> i -> buffer.getLong(8 * i);
    };
  }
}
