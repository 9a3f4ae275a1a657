package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.file.OutputFile;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** NumPy's file format, versions 1 to 3 (NEP 1): float32 and int64, little-endian, C order. */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern EXTENTS = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]{0,256})\\)");

  private Npy() {}

  /**
   * Reads a tensor. What the header claims is held against the file's length before memory is asked for.
   *
   * @throws LowpassException LP7010 for a file that is none, or holds something else than we read
   * @throws IOException if the file cannot be read
   */
  public static Tensor read(Path file) throws IOException {
    InputFile.require(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = fill(channel, file, MAGIC.length + 2);
      byte[] magic = new byte[MAGIC.length];
      start.get(magic);
      int version = start.get();
      if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
        throw broken(file, "not an npy file of version 1 to 3");
      }
      int length = version == 1 ? fill(channel, file, 2).getShort() & 0xffff : fill(channel, file, 4).getInt();
      if (length < 0 || length > MAX_HEADER) {
        throw broken(file, "its header claims " + (length & 0xffffffffL) + " bytes; at most " + MAX_HEADER);
      }
      String header = StandardCharsets.ISO_8859_1.decode(fill(channel, file, length)).toString();
      return read(channel, file, header);
    }
  }

  private static Tensor read(FileChannel channel, Path file, String header) throws IOException {
    ElementType type =
        switch (find(DESCRIPTION, header, file)) {
          case "<f4" -> ElementType.F32;
          case "<f8" -> ElementType.F64;
          case "<f2" -> ElementType.F16;
          case "|i1", "<i1" -> ElementType.I8;
          case "|u1", "<u1" -> ElementType.U8;
          case "<i2" -> ElementType.I16;
          case "<u2" -> ElementType.U16;
          case "<i4" -> ElementType.I32;
          case "<u4" -> ElementType.U32;
          case "<i8" -> ElementType.I64;
          case "<u8" -> ElementType.U64;
          case "|b1" -> ElementType.BOOL;
          case String other -> throw broken(file, "holds '" + other + "'; convert it to '<f4'");
        };
    if (find(ORDER, header, file).equals("True")) {
      throw broken(file, "is in Fortran order; save numpy.ascontiguousarray(x)");
    }
    long[] shape = extents(find(EXTENTS, header, file), file);
    long elements = 1;
    for (long extent : shape) {
      elements *= extent;
      if (elements > Integer.MAX_VALUE) {
        throw broken(file, "is too large: shape " + Arrays.toString(shape));
      }
    }
    long present = channel.size() - channel.position();
    if (present != elements * type.bytes()) {
      String claimed = type + Arrays.toString(shape) + " takes " + elements * type.bytes() + " bytes";
      throw broken(file, claimed + ", but " + present + " follow");
    }
    try {
      Tensor tensor = Tensor.allocate(type, shape);
      ByteBuffer target = tensor.buffer();
      while (target.hasRemaining()) {
        if (channel.read(target) < 0) {
          throw broken(file, "became shorter while it was read");
        }
      }
      return tensor;
    } catch (LowpassRuntimeException e) {
      throw broken(file, "shape " + Arrays.toString(shape) + " is not one of a tensor");
    }
  }

  private static long[] extents(String text, Path file) {
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(extent -> !extent.isEmpty())
          .mapToLong(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw broken(file, "shape (" + text + ") is not one of a tensor");
    }
  }

  private static String find(Pattern pattern, String header, Path file) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw broken(file, "has a header that we do not understand");
    }
    return matcher.group(1);
  }

  private static ByteBuffer fill(FileChannel channel, Path file, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw broken(file, "ends within its header");
      }
    }
    return buffer.flip();
  }

  private static LowpassException broken(Path file, String what) {
    return new LowpassException("LP7010", file.toString(), what);
  }

  /** Writes {@code tensor}, version 1, the data aligned to 64 bytes as NumPy does. */
  public static void write(Path file, Tensor tensor) throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(description(tensor.type()), tuple(tensor.shape()));
    int unpadded = MAGIC.length + 4 + header.length() + 1;
    String padded = header + " ".repeat(Math.ceilDiv(unpadded, 64) * 64 - unpadded) + "\n";
    ByteBuffer data = tensor.buffer();
    ByteBuffer content =
        ByteBuffer.allocate(MAGIC.length + 4 + padded.length() + data.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    content.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded.length());
    content.put(padded.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    OutputFile.write(file, content.array());
  }

  private static String description(ElementType type) {
    return switch (type) {
      case F32, F64, F16 -> "<f" + type.bytes();
      // NumPy has no bfloat16: its bits.
      case BF16 -> "<u2";
      case I16, U16, I32, U32, I64, U64 -> "<" + type.toString().charAt(0) + type.bytes();
      case I8, U8 -> "|" + type.toString().charAt(0) + "1";
      case BOOL -> "|b1";
    };
  }

  private static String tuple(List<Long> shape) {
    String items = shape.stream().map(extent -> extent.toString()).collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, shape.size() == 1 ? "(%s,)" : "(%s)", items);
  }
}
