package dev.lowpass.codegen.emit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The parameter arena while it grows: packed weights and tables of 32-bit integers, each at a multiple of 64 bytes. What
 * is there already is not added again. This is the one place that gives out offsets; plans that are emitted one after
 * the other into one arena share what is equal in them, and what the earlier ones were given does not move.
 */
public final class Parameters {
  private static final int ALIGNMENT = 16;

  private int[] words = new int[1 << 12];
  private int size;

  /** Offset and length by a hash of the content; of several contents with one hash the last. */
  private final Map<Integer, Span> spans = new HashMap<>();

  private record Span(int offset, int length) {}

  /** Adds {@code values} and returns their element offset. */
  public int add(float[] values) {
    return add(bits(values));
  }

  /** The bits of {@code values}, as they lie among the parameters. */
  public static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** Adds a table of integers and returns its offset. */
  public int add(int[] values) {
    int hash = Arrays.hashCode(values);
    Span known = spans.get(hash);
    if (known != null && Arrays.equals(words, known.offset, known.offset + known.length, values, 0, values.length)) {
      return known.offset;
    }
    int offset = reserve(values.length);
    System.arraycopy(values, 0, words, offset, values.length);
    spans.put(hash, new Span(offset, values.length));
    return offset;
  }

  /** @throws ArithmeticException for more bytes than a section of an artifact has */
  private int reserve(int count) {
    int offset = size;
    int end = Math.addExact(size, Math.ceilDiv(count, ALIGNMENT) * ALIGNMENT);
    Math.multiplyExact(end, Integer.BYTES);
    size = end;
    if (size > words.length) {
      words = Arrays.copyOf(words, Math.max(size, words.length + (words.length >> 1)));
    }
    return offset;
  }

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, 4)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(words, 0, size);
    return bytes.array();
  }
}
