package dev.lowpass.runtime.tvm;

/**
 * TVM's element type: {@code kind} 0 signed, 1 unsigned, 2 floating, 3 handle; {@code bits} of one lane; {@code lanes}
 * of a vector, 1 for a scalar. Prints as TVM writes it, for example {@code float32x16}.
 */
public record DataType(int kind, int bits, int lanes) {
  public static final DataType F32 = new DataType(2, 32, 1);
  public static final DataType F64 = new DataType(2, 64, 1);
  public static final DataType I32 = new DataType(0, 32, 1);
  public static final DataType I64 = new DataType(0, 64, 1);
  public static final DataType I8 = new DataType(0, 8, 1);
  public static final DataType U8 = new DataType(1, 8, 1);
  public static final DataType I16 = new DataType(0, 16, 1);
  public static final DataType U16 = new DataType(1, 16, 1);
  public static final DataType U32 = new DataType(1, 32, 1);
  public static final DataType U64 = new DataType(1, 64, 1);
  public static final DataType BOOL = new DataType(1, 1, 1);
  public static final DataType HANDLE = new DataType(3, 64, 1);

  public boolean isFloat() {
    return kind == 2;
  }

  public boolean isBool() {
    return kind == 1 && bits == 1;
  }

  /** Bytes of one lane in memory. */
  public int bytes() {
    return (bits + 7) / 8;
  }

  /** The same element in a vector of {@code count} lanes. */
  public DataType withLanes(int count) {
    return new DataType(kind, bits, count);
  }

  @Override
  public String toString() {
    String suffix = lanes == 1 ? "" : "x" + lanes;
    // Vectors of truth values TVM writes so, but does not read.
    if (isBool() && lanes == 1) {
      return "bool";
    }
    return switch (kind) {
      case 0 -> "int" + bits + suffix;
      case 1 -> "uint" + bits + suffix;
      case 2 -> "float" + bits + suffix;
      default -> "handle";
    };
  }

  /** The 64-bit form of a packed argument. */
  long packed() {
    return (kind & 0xffL) | (bits & 0xffL) << 8 | (lanes & 0xffffL) << 16;
  }

  static DataType unpacked(long value) {
    return new DataType((int) value & 0xff, (int) (value >> 8) & 0xff, (int) (value >> 16) & 0xffff);
  }
}
