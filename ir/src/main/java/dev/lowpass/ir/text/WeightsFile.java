package dev.lowpass.ir.text;

import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.limit.Limit;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The side file of IR text: large constants by name.
 *
 * <p>Little-endian: the eight bytes {@code LPWEIGHT}, version (u32, 1), count of constants (u32); then for each: length
 * of its name (u32) and the name in UTF-8, element type (u8: 0 is f32, 1 f64, 2 i8, 3 u8, 4 i32, 5 i64, 6 bool, 7 i16,
 * 8 u16, 9 u32, 10 u64, 11 f16, 12 bf16), rank (u8), extents (u32 each), elements in row-major order: integers each of
 * its type's size, all others as f32. Reading allocates no more than the file is long. Errors are LP2018 at the file.
 */
public final class WeightsFile {
  private static final byte[] MAGIC = "LPWEIGHT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private WeightsFile() {}

  public static byte[] write(Map<String, Tensor> constants) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(MAGIC);
    bytes.writeBytes(little(8).putInt(VERSION).putInt(constants.size()).array());
    constants.forEach((name, tensor) -> write(bytes, name, tensor));
    return bytes.toByteArray();
  }

  private static void write(ByteArrayOutputStream bytes, String name, Tensor tensor) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ElementType element = tensor.type().element();
    List<Integer> dims = tensor.shape().dims();
    int elements = (int) tensor.shape().elements();
    int header = 4 + utf8.length + 2 + 4 * dims.size();
    ByteBuffer entry = little(Math.addExact(header, Math.multiplyExact(elements, stored(element))));
    entry.putInt(utf8.length).put(utf8).put((byte) code(element)).put((byte) dims.size());
    dims.forEach(entry::putInt);
    for (int i = 0; i < elements; i++) {
      switch (element) {
        case F32, F64, F16, BF16 -> entry.putFloat(tensor.floats()[i]);
        case I8, U8, BOOL -> entry.put((byte) tensor.integers()[i]);
        case I16, U16 -> entry.putShort((short) tensor.integers()[i]);
        case I32, U32 -> entry.putInt((int) tensor.integers()[i]);
        case I64, U64 -> entry.putLong(tensor.integers()[i]);
      }
    }
    bytes.writeBytes(entry.array());
  }

  /** Bytes of an element in the file. */
  private static int stored(ElementType element) {
    return element.isFloating() ? Float.BYTES : element.bytes();
  }

  /** The format's number of an element type: it never changes. */
  private static int code(ElementType element) {
    return switch (element) {
      case F32 -> 0;
      case F64 -> 1;
      case I8 -> 2;
      case U8 -> 3;
      case I32 -> 4;
      case I64 -> 5;
      case BOOL -> 6;
      case I16 -> 7;
      case U16 -> 8;
      case U32 -> 9;
      case U64 -> 10;
      case F16 -> 11;
      case BF16 -> 12;
    };
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The constants in {@code bytes}, in the order of the file; {@code fileName} is for error messages. */
  public static SequencedMap<String, Tensor> read(byte[] bytes, String fileName) {
    return new Reader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), fileName).constants();
  }

  /** Reads one file, from its beginning. */
  private record Reader(ByteBuffer bytes, String fileName) {
    SequencedMap<String, Tensor> constants() {
      need(MAGIC.length + 8, "the header");
      byte[] magic = new byte[MAGIC.length];
      bytes.get(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        throw error("is not a weights file");
      }
      int version = bytes.getInt();
      if (version != VERSION) {
        throw error("version " + Integer.toUnsignedString(version) + " of the format, not " + VERSION);
      }
      int count = bytes.getInt();
      SequencedMap<String, Tensor> constants = new LinkedHashMap<>();
      for (int i = 0; Integer.compareUnsigned(i, count) < 0; i++) {
        String name = name();
        if (constants.putIfAbsent(name, tensor(name)) != null) {
          throw error("has constant " + Names.quote(name) + " twice");
        }
      }
      if (bytes.hasRemaining()) {
        throw error(bytes.remaining() + " bytes after the last constant");
      }
      return constants;
    }

    private String name() {
      need(4, "the length of a name");
      int length = bytes.getInt();
      need(Integer.toUnsignedLong(length), "a name");
      byte[] utf8 = new byte[length];
      bytes.get(utf8);
      return new String(utf8, StandardCharsets.UTF_8);
    }

    private Tensor tensor(String name) {
      need(2, Names.quote(name));
      int code = Byte.toUnsignedInt(bytes.get());
      int rank = Byte.toUnsignedInt(bytes.get());
      Optional<ElementType> known =
          Stream.of(ElementType.values()).filter(type -> code(type) == code).findFirst();
      if (known.isEmpty() || rank > Limit.RANK.usual()) {
        throw error("constant " + Names.quote(name) + " of element type number " + code + " and rank " + rank);
      }
      ElementType element = known.get();
      need(4L * rank, Names.quote(name));
      List<Integer> dims = new ArrayList<>();
      long elements = 1;
      for (int axis = 0; axis < rank; axis++) {
        int dim = bytes.getInt();
        elements *= Math.max(1, dim);
        if (dim < 0 || elements > bytes.limit()) {
          throw error("constant " + Names.quote(name) + " has more elements than the file has bytes");
        }
        dims.add(dim);
      }
      Shape shape = new Shape(dims);
      need(shape.elements() * stored(element), Names.quote(name));
      return element.isFloating() ? floats(element, shape) : integers(element, shape);
    }

    private Tensor floats(ElementType element, Shape shape) {
      float[] values = new float[(int) shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = bytes.getFloat();
      }
      return Tensor.ofFloats(element, values, shape);
    }

    private Tensor integers(ElementType element, Shape shape) {
      long[] values = new long[(int) shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (element) {
              case I8 -> bytes.get();
              case U8, BOOL -> Byte.toUnsignedInt(bytes.get());
              case I16 -> bytes.getShort();
              case U16 -> Short.toUnsignedInt(bytes.getShort());
              case I32 -> bytes.getInt();
              case U32 -> Integer.toUnsignedLong(bytes.getInt());
              case I64, U64 -> bytes.getLong();
              case F32, F64, F16, BF16 -> throw new IllegalStateException(element + " is not an integer type");
            };
      }
      return Tensor.ofIntegers(element, values, shape);
    }

    private void need(long count, String what) {
      if (count > bytes.remaining()) {
        throw error("ends inside %s: %d bytes, %d are left".formatted(what, count, bytes.remaining()));
      }
    }

    private LowpassException error(String message) {
      return new LowpassException("LP2018", fileName, message);
    }
  }
}
