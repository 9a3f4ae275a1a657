package dev.lowpass.runtime.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where things are in an artifact. All numbers are little-endian.
 *
 * <pre>
 *  0  magic        8 bytes, as PNG's: a file mangled as text no longer begins so
 *  8  version      int32, {@link #VERSION}, or {@link #VERSION_OF_SIZES}
 * 12  manifest     int32, its length M in bytes
 * 16  sections     int32, their number S
 * 20  zero         int32
 * 24  length       int64, of the whole file
 * 32  SHA-256      of bytes 0 to 31, the manifest and the section table
 * 64  manifest     M bytes of JSON
 *     table        S entries of 64 bytes: name (16 bytes of ASCII, zeros after it), offset and length (int64), SHA-256
 *     sections     each at the next multiple of 4096 after what precedes it; zeros between; the file ends with the last
 * </pre>
 *
 * So every byte is covered by a hash or must be zero: no changed byte passes.
 */
public final class FileLayout {
  /** Raised with every change of the layout, of the manifest's meaning, or of how the code is called. */
  public static final int VERSION = 2;

  /**
   * What artifacts for several sizes have in its place, so that a runtime that knows of one size only says so. It is
   * raised together with the other.
   */
  public static final int VERSION_OF_SIZES = 3;

  /**
   * The section with the kernels: a shared library, or for a CUDA device PTX. Each size after the first has one of its
   * own, see {@link #code}.
   */
  public static final String CODE = "code";

  /** The section with the parameters, packed as the kernels read them. */
  public static final String PARAMETERS = "params";

  /** Sections begin at multiples of this, so that they can be mapped into memory. */
  public static final int SECTION_ALIGNMENT = 4096;

  public static final int HEADER_BYTES = 64;
  public static final int ENTRY_BYTES = 64;
  public static final int LENGTH_OFFSET = 24;
  public static final int HASH_OFFSET = 32;
  public static final int HASH_BYTES = 32;
  public static final int NAME_BYTES = 16;

  /** More would be a mistake, or an attack on the reader's memory. */
  public static final int MAX_MANIFEST_BYTES = 16 << 20;

  public static final int MAX_SECTIONS = 64;

  /** Sizes that one artifact can have; each has a section. */
  public static final int MAX_SIZES = 32;

  private static final byte[] MAGIC = {(byte) 0x8c, 'L', 'O', 'W', '\r', '\n', 0x1a, '\n'};

  private FileLayout() {}

  /** The eight bytes with which an artifact begins. */
  public static byte[] magic() {
    return MAGIC.clone();
  }

  /** The version of artifacts with so many sizes. */
  public static int version(int sizes) {
    return sizes == 1 ? VERSION : VERSION_OF_SIZES;
  }

  /** The section with the kernels of a size, counted from 0: {@code code}, {@code code.2}, and so on. */
  public static String code(int size) {
    return ofSize(CODE, size);
  }

  /** What a section that every size has of its own is called for a size, counted from 0. */
  public static String ofSize(String section, int size) {
    return size == 0 ? section : section + "." + (size + 1);
  }

  /**
   * The first 32 bytes of a header.
   *
   * @param version see {@link #version}
   */
  public static ByteBuffer header(int version, int manifestBytes, int sections, long fileBytes) {
    return ByteBuffer.allocate(HASH_OFFSET)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(version)
        .putInt(manifestBytes)
        .putInt(sections)
        .putInt(0)
        .putLong(fileBytes)
        .flip();
  }

  /** One entry of the section table. */
  public static ByteBuffer entry(Section section) {
    ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    byte[] name = section.name().getBytes(StandardCharsets.US_ASCII);
    if (name.length > NAME_BYTES) {
      throw new IllegalArgumentException("section name " + section.name() + " is longer than " + NAME_BYTES);
    }
    return entry.put(name).position(NAME_BYTES).putLong(section.offset()).putLong(section.bytes())
        .put(section.sha256()).flip();
  }

  /** {@code offset}, or the next place after it where a section may begin. */
  public static long aligned(long offset) {
    return (offset + SECTION_ALIGNMENT - 1) & -SECTION_ALIGNMENT;
  }

  /** A new SHA-256 computation. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
