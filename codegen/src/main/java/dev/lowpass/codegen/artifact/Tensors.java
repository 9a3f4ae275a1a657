package dev.lowpass.codegen.artifact;

import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.ElementType;
import java.nio.ByteBuffer;

/** Between the compiler's constants and the runtime's tensors. */
public final class Tensors {
  private Tensors() {}

  /** The same numbers for the runtime. */
  public static dev.lowpass.runtime.Tensor of(Tensor constant) {
    ElementType type = ElementType.parse(constant.type().element().toString());
    long[] shape = constant.shape().dims().stream().mapToLong(Integer::longValue).toArray();
    dev.lowpass.runtime.Tensor tensor = dev.lowpass.runtime.Tensor.allocate(type, shape);
    copy(constant, tensor);
    return tensor;
  }

  /** Writes the elements of {@code from}, all of them, to {@code to}, a tensor of the same type and size. */
  public static void copy(Tensor from, dev.lowpass.runtime.Tensor to) {
    ByteBuffer buffer = to.buffer();
    for (int i = 0; i < from.shape().elements(); i++) {
      switch (to.type()) {
        case F32 -> buffer.putFloat(from.floats()[i]);
        case F64 -> buffer.putDouble(from.floats()[i]);
        case F16 -> buffer.putShort(Float.floatToFloat16(from.floats()[i]));
        case BF16 -> buffer.putShort((short) (Float.floatToRawIntBits(from.floats()[i]) >>> 16));
        case I8, U8, BOOL -> buffer.put((byte) from.integers()[i]);
        case I16, U16 -> buffer.putShort((short) from.integers()[i]);
        case I32, U32 -> buffer.putInt((int) from.integers()[i]);
        case I64, U64 -> buffer.putLong(from.integers()[i]);
      }
    }
  }

  /** The same numbers as a constant. */
  public static Tensor of(dev.lowpass.runtime.Tensor tensor) {
    Shape shape = new Shape(tensor.shape().stream().map(Math::toIntExact).toList());
    dev.lowpass.ir.ElementType element = dev.lowpass.ir.ElementType.parse(tensor.type().toString());
    ByteBuffer buffer = tensor.buffer();
    int elements = tensor.elements();
    float[] floats = new float[element.isFloating() ? elements : 0];
    long[] integers = new long[element.isFloating() ? 0 : elements];
    for (int i = 0; i < elements; i++) {
      switch (tensor.type()) {
        case F32 -> floats[i] = buffer.getFloat();
        case F64 -> floats[i] = (float) buffer.getDouble();
        case F16 -> floats[i] = Float.float16ToFloat(buffer.getShort());
        case BF16 -> floats[i] = Float.intBitsToFloat(buffer.getShort() << 16);
        case I8, U8, BOOL -> integers[i] = element.wrapped(buffer.get());
        case I16, U16 -> integers[i] = element.wrapped(buffer.getShort());
        case I32, U32 -> integers[i] = element.wrapped(buffer.getInt());
        case I64, U64 -> integers[i] = buffer.getLong();
      }
    }
    return element.isFloating() ? Tensor.ofFloats(element, floats, shape) : Tensor.ofIntegers(element, integers, shape);
  }
}
