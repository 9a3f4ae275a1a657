package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** An artifact that comes as a stream, into a file: no more of it than its header says that there is. */
public final class Spool {
  /** More than an artifact has; without this a header would have a disk filled. */
  private static final long LARGEST = 4L << 30;

  private static final int CHUNK = 1 << 16;

  private Spool() {}

  /**
   * Writes what {@link ArtifactReader} is to read. That sees whether it is whole: an artifact that ends early does here,
   * of one that goes on behind its end there is one byte, and of what is none the beginning.
   *
   * @param stream read as far as needed, not closed
   * @param place what messages call it
   * @throws LowpassRuntimeException LP5002 where it says that it is larger than a stream may be
   */
  public static void copy(InputStream stream, Path file, String place) throws IOException {
    byte[] header = stream.readNBytes(FileLayout.HEADER_BYTES);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(header);
      long left = length(header, place) + 1 - header.length;
      while (left > 0) {
        byte[] chunk = stream.readNBytes((int) Math.min(left, CHUNK));
        out.write(chunk);
        left = chunk.length == 0 ? 0 : left - chunk.length;
      }
    }
  }

  /** What the header states; nothing where it is none. */
  private static long length(byte[] header, String place) {
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = FileLayout.magic();
    if (header.length < FileLayout.HEADER_BYTES || !fields.slice(0, magic.length).equals(ByteBuffer.wrap(magic))) {
      return 0;
    }
    long stated = fields.getLong(FileLayout.LENGTH_OFFSET);
    if (stated < 0 || stated > LARGEST) {
      String problem = "says that it has " + Long.toUnsignedString(stated) + " bytes, and a stream may have " + LARGEST;
      throw new LowpassRuntimeException(5002, place, problem + "; load it as a file");
    }
    return stated;
  }
}
