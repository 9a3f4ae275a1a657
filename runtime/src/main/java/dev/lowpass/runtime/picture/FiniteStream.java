package dev.lowpass.runtime.picture;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file's bytes, for a decoder that may not notice their end: TwelveMonkeys' WebP reads zeros behind it, and goes on
 * for hours where damaged bytes claim thousands of tables. One that reads on and on is stopped.
 */
final class FiniteStream extends ImageInputStreamImpl {
  /** A decoder that reads ahead meets the end a few times also in a file that is whole. */
  private static final int MOST_ENDS = 1000;

  private final byte[] bytes;
  private int ends;

  FiniteStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 255 : end();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    bitOffset = 0;
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) {
      return length == 0 ? 0 : end();
    }
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  /** Not an EOFException, which that decoder catches. */
  private int end() throws IOException {
    if (++ends > MOST_ENDS) {
      throw new IOException("it ends too early");
    }
    return -1;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
