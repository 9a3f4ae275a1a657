package dev.lowpass.runtime;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A buffer's bytes as a stream. */
final class BufferStream extends InputStream {
  private final ByteBuffer buffer;

  /** @param buffer from its position to its limit, which stay as they are */
  BufferStream(ByteBuffer buffer) {
    this.buffer = buffer.duplicate();
  }

  @Override
  public int read() {
    return buffer.hasRemaining() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length > 0 && !buffer.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }
}
