package dev.lowpass.runtime.artifact;

/**
 * A part of an artifact.
 *
 * @param name at most 16 ASCII characters
 * @param offset from the start of the file, a multiple of {@link FileLayout#SECTION_ALIGNMENT}
 * @param bytes its length
 * @param sha256 of its content
 */
public record Section(String name, long offset, long bytes, byte[] sha256) {
  /** The first byte after it. */
  public long end() {
    return offset + bytes;
  }
}
