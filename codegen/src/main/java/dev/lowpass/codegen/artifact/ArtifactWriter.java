package dev.lowpass.codegen.artifact;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.OutputFile;
import dev.lowpass.runtime.artifact.ArtifactSignature;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.artifact.ManifestJson;
import dev.lowpass.runtime.artifact.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an artifact, whose form {@link FileLayout} describes. The same content gives the same bytes. The file appears
 * complete or not at all, see {@link OutputFile}.
 */
public final class ArtifactWriter {
  private record Content(Section section, ByteBuffer bytes) {}

  private ArtifactWriter() {}

  /**
   * Writes {@code file}, over one that is there.
   *
   * @param sections code for each of the sizes, and as many bytes of parameters as {@link Manifest#parameterBytes} says
   * @throws LowpassException LP4016 where the file cannot be written
   */
  public static void write(Path file, Manifest manifest, Sections sections) {
    write(file, manifest, sections, Optional.empty());
  }

  /**
   * Writes {@code file} as {@link #write(Path, Manifest, Sections)} does.
   *
   * @param signer whose signature it gets, keys of Ed25519
   * @throws LowpassException LP4016 where the file cannot be written
   */
  public static void write(Path file, Manifest manifest, Sections sections, Optional<KeyPair> signer) {
    long stated = manifest.parameterBytes();
    int parameters = sections.parameters().length;
    if (parameters != stated) {
      throw new IllegalArgumentException(
          parameters + " bytes of parameters, but the manifest says " + stated);
    }
    int sizes = manifest.sizes().size();
    if (sizes != sections.sizes()) {
      throw new IllegalArgumentException("code for " + sections.sizes() + " sizes, but the manifest has " + sizes);
    }
    byte[] text = ManifestJson.print(manifest);
    if (text.length > FileLayout.MAX_MANIFEST_BYTES) {
      throw new LowpassException("LP4016", file.toString(), "the manifest has " + text.length + " bytes; at most "
          + FileLayout.MAX_MANIFEST_BYTES);
    }
    try {
      OutputFile.write(file, channel -> write(channel, FileLayout.version(sizes), text, sections, signer));
    } catch (IOException e) {
      throw new LowpassException("LP4016", file.toString(), "cannot be written: " + FileProblem.of(e), e);
    }
  }

  private static void write(
      FileChannel channel, int version, byte[] manifest, Sections sections, Optional<KeyPair> signer)
      throws IOException {
    List<Content> contents = new ArrayList<>();
    int count = sections.contents().size() + (signer.isPresent() ? 1 : 0);
    long end = FileLayout.HEADER_BYTES + manifest.length + (long) count * FileLayout.ENTRY_BYTES;
    for (Map.Entry<String, byte[]> section : sections.contents().entrySet()) {
      end = place(contents, section.getKey(), end, ByteBuffer.wrap(section.getValue()));
    }
    if (signer.isPresent()) {
      List<Section> signed = contents.stream().map(Content::section).toList();
      byte[] signature = ArtifactSignature.of(signer.get(), manifest, signed).toSection();
      end = place(contents, ArtifactSignature.SECTION, end, ByteBuffer.wrap(signature));
    }

    ByteBuffer header = FileLayout.header(version, manifest.length, contents.size(), end);
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
