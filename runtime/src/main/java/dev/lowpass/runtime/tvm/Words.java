package dev.lowpass.runtime.tvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;

/**
 * Small native memory that goes when its pointer is unreachable. It is Java's own: what JavaCPP allocates goes by itself
 * only where JavaCPP has its thread.
 */
final class Words {
  private Words() {}

  /** {@code count} zeros. */
  static LongPointer longs(int count) {
    return new LongPointer(bytes(Long.BYTES * count).asLongBuffer());
  }

  /** {@code count} zeros. */
  static IntPointer ints(int count) {
    return new IntPointer(bytes(Integer.BYTES * count).asIntBuffer());
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
  }
}
