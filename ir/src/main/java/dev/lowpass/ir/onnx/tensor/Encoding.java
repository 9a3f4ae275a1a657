package dev.lowpass.ir.onnx.tensor;

import dev.lowpass.ir.ElementType;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How ONNX stores one element ({@code TensorProto.DataType}) and the IR type of such elements. */
public enum Encoding {
  FLOAT(1, ElementType.F32, 4),
  UINT8(2, ElementType.U8, 1),
  INT8(3, ElementType.I8, 1),
  UINT16(4, ElementType.U16, 2),
  INT16(5, ElementType.I16, 2),
  INT32(6, ElementType.I32, 4),
  INT64(7, ElementType.I64, 8),
  BOOL(9, ElementType.BOOL, 1),
  FLOAT16(10, ElementType.F16, 2),
  DOUBLE(11, ElementType.F64, 8),
  UINT32(12, ElementType.U32, 4),
  UINT64(13, ElementType.U64, 8),
  BFLOAT16(16, ElementType.BF16, 2);

  private final int number;
  private final ElementType element;
  private final int bytes;

  Encoding(int number, ElementType element, int bytes) {
    this.number = number;
    this.element = element;
    this.bytes = bytes;
  }

  /** The encoding with ONNX's {@code number}; nothing for strings, complex and sub-byte numbers. */
  public static Optional<Encoding> of(int number) {
    for (Encoding encoding : values()) {
      if (encoding.number == number) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  /** The encoding in which {@code element} is written. */
  public static Encoding of(ElementType element) {
    return switch (element) {
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
      case F16 -> FLOAT16;
      case BF16 -> BFLOAT16;
      case I8 -> INT8;
      case U8 -> UINT8;
      case I16 -> INT16;
      case U16 -> UINT16;
      case I32 -> INT32;
      case U32 -> UINT32;
      case I64 -> INT64;
      case U64 -> UINT64;
      case BOOL -> BOOL;
    };
  }

  /** The number of {@code TensorProto.DataType}. */
  public int number() {
    return number;
  }

  /** The IR type of such elements. */
  public ElementType element() {
    return element;
  }

  /** Size of one stored element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The next element of {@code data}, which is little-endian; for the floating-point encodings. */
  float nextFloat(ByteBuffer data) {
    return switch (this) {
      case FLOAT -> data.getFloat();
      case DOUBLE -> (float) data.getDouble();
      case FLOAT16 -> Float.float16ToFloat(data.getShort());
      case BFLOAT16 -> bfloat16(data.getShort());
      case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 ->
          throw new IllegalStateException("integers");
    };
  }

  /** The next element of {@code data}, which is little-endian; for the integer encodings. */
  long nextInteger(ByteBuffer data) {
    return switch (this) {
      case UINT8 -> data.get() & 0xFFL;
      case INT8 -> data.get();
      case UINT16 -> data.getShort() & 0xFFFFL;
      case INT16 -> data.getShort();
      case INT32 -> data.getInt();
      case UINT32 -> data.getInt() & 0xFFFF_FFFFL;
      case INT64, UINT64 -> data.getLong();
      case BOOL -> data.get() == 0 ? 0 : 1;
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> throw new IllegalStateException("floating-point numbers");
    };
  }

  static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
