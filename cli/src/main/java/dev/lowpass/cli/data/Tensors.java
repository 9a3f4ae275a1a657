package dev.lowpass.cli.data;

import dev.lowpass.runtime.Tensor;
import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;

/** What the runtime's tensors hold. */
public final class Tensors {
  private Tensors() {}

  /** The same numbers for the runtime. */
  public static Tensor of(dev.lowpass.ir.Tensor constant) {
    return dev.lowpass.codegen.artifact.Tensors.of(constant);
  }

  /** The elements of {@code tensor} by their place, as doubles. */
  public static IntToDoubleFunction elements(Tensor tensor) {
    ByteBuffer buffer = tensor.buffer();
    return switch (tensor.type()) {
      case F32 -> i -> buffer.getFloat(4 * i);
      case F64 -> i -> buffer.getDouble(8 * i);
      case F16 -> i -> Float.float16ToFloat(buffer.getShort(2 * i));
      case BF16 -> i -> Float.intBitsToFloat(buffer.getShort(2 * i) << 16);
      case I8, BOOL -> buffer::get;
      case U8 -> i -> buffer.get(i) & 0xFF;
      case I16 -> i -> buffer.getShort(2 * i);
      case U16 -> i -> buffer.getShort(2 * i) & 0xFFFF;
      case I32 -> i -> buffer.getInt(4 * i);
      case U32 -> i -> buffer.getInt(4 * i) & 0xFFFF_FFFFL;
      case I64 -> i -> buffer.getLong(8 * i);
      case U64 -> i -> unsigned(buffer.getLong(8 * i));
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (bits >>> 1) * 2.0 + (bits & 1);
  }
}
