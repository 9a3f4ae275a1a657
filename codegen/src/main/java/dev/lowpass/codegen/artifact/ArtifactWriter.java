package dev.lowpass.codegen.artifact;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.artifact.ManifestJson;
import dev.lowpass.runtime.artifact.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes an artifact, whose form {@link FileLayout} describes. The same content gives the same bytes. The file appears
 * complete or not at all: it is written beside its place and then renamed.
 */
public final class ArtifactWriter {
  private record Content(Section section, ByteBuffer bytes) {}

  private ArtifactWriter() {}

  /**
   * Writes {@code file}, over one that is there.
   *
   * @param sections with as many bytes of parameters as {@link Manifest.Memory#parameterBytes} says
   * @throws LowpassException LP4016 where the file cannot be written
   */
  public static void write(Path file, Manifest manifest, Sections sections) {
    long stated = manifest.memory().parameterBytes();
    int parameters = sections.parameters().length;
    if (parameters != stated) {
      throw new IllegalArgumentException(
          parameters + " bytes of parameters, but the manifest says " + stated);
    }
    byte[] text = ManifestJson.print(manifest);
    if (text.length > FileLayout.MAX_MANIFEST_BYTES) {
      throw new LowpassException("LP4016", file.toString(), "the manifest has " + text.length + " bytes; at most "
          + FileLayout.MAX_MANIFEST_BYTES);
    }
    Path target = file.toAbsolutePath();
    if (!Files.isDirectory(target.getParent())) {
      throw new LowpassException("LP4016", file.toString(), "cannot be written: its folder does not exist");
    }
    if (Files.isDirectory(target)) {
      throw new LowpassException("LP4016", file.toString(), "cannot be written: it is a folder");
    }
    try {
      Path draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
      try {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          write(channel, text, sections);
        }
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "its folder admits no new files" : e.getReason();
      throw new LowpassException("LP4016", file.toString(), "cannot be written: " + reason);
    } catch (IOException e) {
      throw new LowpassException("LP4016", file.toString(), "cannot be written: " + e.getMessage());
    }
  }

  private static void write(FileChannel channel, byte[] manifest, Sections sections)
      throws IOException {
    List<Content> contents = new ArrayList<>();
    long end = FileLayout.HEADER_BYTES + manifest.length + (long) sections.contents().size() * FileLayout.ENTRY_BYTES;
    for (Map.Entry<String, byte[]> section : sections.contents().entrySet()) {
      end = place(contents, section.getKey(), end, ByteBuffer.wrap(section.getValue()));
    }

    ByteBuffer header = FileLayout.header(manifest.length, contents.size(), end);
    MessageDigest digest = FileLayout.sha256();
    digest.update(header.duplicate());
    digest.update(manifest);
    for (Content content : contents) {
      digest.update(FileLayout.entry(content.section()));
    }
    writeAt(channel, 0, header);
    writeAt(channel, FileLayout.HASH_OFFSET, ByteBuffer.wrap(digest.digest()));
    writeAt(channel, FileLayout.HEADER_BYTES, ByteBuffer.wrap(manifest));
    long entry = FileLayout.HEADER_BYTES + manifest.length;
    for (Content content : contents) {
      writeAt(channel, entry, FileLayout.entry(content.section()));
      entry += FileLayout.ENTRY_BYTES;
      // What lies between is never written, and so is zero.
      writeAt(channel, content.section().offset(), content.bytes().duplicate());
    }
  }

  private static long place(List<Content> contents, String name, long end, ByteBuffer bytes) {
    MessageDigest digest = FileLayout.sha256();
    digest.update(bytes.duplicate());
    Section section = new Section(name, FileLayout.aligned(end), bytes.remaining(), digest.digest());
    contents.add(new Content(section, bytes));
    return section.end();
  }

  private static void writeAt(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
