package dev.lowpass.codegen.emit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The parameter arena while it grows: packed weights and tables of 32-bit integers, each at a multiple of 64 bytes. */
public final class Parameters {
  private static final int ALIGNMENT = 16;

  private int[] words = new int[1 << 12];
  private int size;

  /** Appends {@code values} and returns their element offset. */
  public int add(float[] values) {
    int offset = reserve(values.length);
    for (int i = 0; i < values.length; i++) {
      words[offset + i] = Float.floatToRawIntBits(values[i]);
    }
    return offset;
  }

  /** Appends a table of integers and returns its offset. */
  public int add(int[] values) {
    int offset = reserve(values.length);
    System.arraycopy(values, 0, words, offset, values.length);
    return offset;
  }

  private int reserve(int count) {
    int offset = size;
    size = Math.addExact(size, Math.ceilDiv(count, ALIGNMENT) * ALIGNMENT);
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
