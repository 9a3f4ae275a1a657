package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads an artifact and checks everything about it that can be checked without running it. No length that the file
 * states is believed before it has been compared with the file's own, so that a damaged one cannot exhaust memory.
 */
public final class ArtifactReader {
  private final String place;
  private final FileChannel channel;
  private final long fileBytes;

  private ArtifactReader(String place, FileChannel channel) throws IOException {
    this.place = place;
    this.channel = channel;
    this.fileBytes = channel.size();
  }

  /**
   * Reads {@code file}.
   *
   * @param place what messages call it
   * @throws LowpassRuntimeException LP5001 where it cannot be read, LP5002 where it is damaged or no artifact, LP5003
   *     where it has another format version, LP5005 where it has a signature that does not fit
   */
  public static Artifact read(Path file, String place) {
    if (Files.isDirectory(file)) {
      throw new LowpassRuntimeException(5001, place, "is a folder, not an artifact");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Its parameters stay in the file, which so must be one; and to open a pipe waits for who writes into it.
      throw new LowpassRuntimeException(5001, place, "is a pipe or a device; an artifact is a file, or read from a stream");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new ArtifactReader(place, channel).read();
    } catch (NoSuchFileException e) {
      throw new LowpassRuntimeException(5001, place, "no such file");
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.toString() : e.getReason();
      throw new LowpassRuntimeException(5001, place, "cannot be read: " + reason, e);
    } catch (IOException e) {
      throw new LowpassRuntimeException(5001, place, "cannot be read: " + e.getMessage(), e);
    }
  }

  private Artifact read() throws IOException {
    if (fileBytes < FileLayout.HEADER_BYTES) {
      throw damaged("has " + fileBytes + " bytes, fewer than an artifact's header");
    }
    ByteBuffer header = bytes(0, FileLayout.HEADER_BYTES);
    byte[] magic = new byte[FileLayout.magic().length];
    header.get(magic);
    if (!Arrays.equals(magic, FileLayout.magic())) {
      throw new LowpassRuntimeException(5002, place, "is not a Lowpass artifact");
    }
    int version = header.getInt();
    if (version != FileLayout.VERSION && version != FileLayout.VERSION_OF_SIZES) {
      String ours = FileLayout.VERSION + " and " + FileLayout.VERSION_OF_SIZES;
      throw new LowpassRuntimeException(
          5003, place, "has format version " + version + ", but this runtime reads " + ours + "; compile the model again");
    }
    int manifestBytes = header.getInt();
    int sectionCount = header.getInt();
    int zero = header.getInt();
    long statedBytes = header.getLong();
    byte[] hash = new byte[FileLayout.HASH_BYTES];
    header.get(hash);
    require(zero == 0 && manifestBytes >= 0 && manifestBytes <= FileLayout.MAX_MANIFEST_BYTES, "its header is impossible");
    require(sectionCount >= 0 && sectionCount <= FileLayout.MAX_SECTIONS, "its header is impossible");
    require(statedBytes == fileBytes, "it has " + fileBytes + " bytes, but its header says " + statedBytes);
    int tableBytes = sectionCount * FileLayout.ENTRY_BYTES;
    require(FileLayout.HEADER_BYTES + (long) manifestBytes + tableBytes <= fileBytes, "it ends within its manifest");

    ByteBuffer manifestAndTable = bytes(FileLayout.HEADER_BYTES, manifestBytes + tableBytes);
    MessageDigest digest = FileLayout.sha256();
    digest.update(header.slice(0, FileLayout.HASH_OFFSET));
    digest.update(manifestAndTable.duplicate());
    require(Arrays.equals(digest.digest(), hash), "its manifest does not match its hash");

    List<Section> sections = sections(manifestAndTable.slice(manifestBytes, tableBytes));
    requireBounds(sections, FileLayout.HEADER_BYTES + (long) manifestBytes + tableBytes);
    byte[] text = new byte[manifestBytes];
    manifestAndTable.slice(0, manifestBytes).get(text);
    Manifest manifest = manifest(text);
    int sizes = manifest.sizes().size();
    require(version == FileLayout.version(sizes), "it has " + sizes + " sizes, and is of version " + version);
    Optional<ArtifactSignature> signature = signature(text, sections);
    List<byte[]> code = new ArrayList<>();
    for (int size = 0; size < sizes; size++) {
      code.add(content(find(sections, FileLayout.code(size))));
    }
    return new Artifact(place, manifest, code, parameters(sections, manifest), signature);
  }

  /** Checked against the very bytes that everything else is taken from. */
  private Optional<ArtifactSignature> signature(byte[] manifest, List<Section> sections) throws IOException {
    List<Section> found = sections.stream().filter(s -> s.name().equals(ArtifactSignature.SECTION)).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    byte[] content = content(find(sections, ArtifactSignature.SECTION));
    ArtifactSignature signature;
    try {
      signature = ArtifactSignature.parse(content);
    } catch (IOException e) {
      throw damaged(e.getMessage());
    }
    if (!signature.fits(ArtifactSignature.message(manifest, sections))) {
      throw new LowpassRuntimeException(5005, place, "was changed after it was signed: its signature does not fit");
    }
    return Optional.of(signature);
  }

  private Manifest manifest(byte[] text) {
    try {
      return ManifestJson.parse(text);
    } catch (IOException e) {
      throw damaged("manifest: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"));
    }
  }

  private static List<Section> sections(ByteBuffer table) {
    table.order(ByteOrder.LITTLE_ENDIAN);
    List<Section> sections = new ArrayList<>();
    while (table.hasRemaining()) {
      byte[] name = new byte[FileLayout.NAME_BYTES];
      byte[] hash = new byte[FileLayout.HASH_BYTES];
      table.get(name);
      long offset = table.getLong();
      long bytes = table.getLong();
      table.get(hash);
      String text = new String(name, StandardCharsets.US_ASCII);
      int end = text.indexOf('\0');
      sections.add(new Section(end < 0 ? text : text.substring(0, end), offset, bytes, hash));
    }
    return sections;
  }

  /** Sections follow each other at the next aligned place, with nothing but zeros between, up to the file's end. */
  private void requireBounds(List<Section> sections, long start) throws IOException {
    long end = start;
    for (Section section : sections) {
      require(section.offset() == FileLayout.aligned(end), "section " + section.name() + " is misplaced");
      require(
          section.bytes() >= 0 && section.bytes() <= Integer.MAX_VALUE && section.end() <= fileBytes,
          "section " + section.name() + " goes beyond the file's end");
      ByteBuffer gap = bytes(end, (int) (section.offset() - end));
      while (gap.hasRemaining()) {
        require(gap.get() == 0, "there is something between its sections");
      }
      end = section.end();
    }
    require(end == fileBytes, "there is something after its last section");
  }

  private Section find(List<Section> sections, String name) {
    List<Section> found = sections.stream().filter(section -> section.name().equals(name)).toList();
    require(found.size() == 1, "it has " + found.size() + " sections " + name);
    return found.get(0);
  }

  /** Copied, so that what is loaded later is what was checked. */
  private byte[] content(Section section) throws IOException {
    ByteBuffer content = bytes(section.offset(), (int) section.bytes());
    requireHash(section, content);
    return content.array();
  }

  private ByteBuffer parameters(List<Section> sections, Manifest manifest) throws IOException {
    Section section = find(sections, FileLayout.PARAMETERS);
    require(
        section.bytes() == manifest.parameterBytes(),
        "it has " + section.bytes() + " bytes of parameters, but its manifest says " + manifest.parameterBytes());
    ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, section.offset(), section.bytes());
    requireHash(section, mapped);
    return mapped;
  }

  private void requireHash(Section section, ByteBuffer content) {
    MessageDigest digest = FileLayout.sha256();
    digest.update(content.duplicate());
    require(Arrays.equals(digest.digest(), section.sha256()), "section " + section.name() + " does not match its hash");
  }

  private ByteBuffer bytes(long offset, int count) throws IOException {
    if (offset < 0 || offset + count > fileBytes) {
      throw damaged("it ends too early");
    }
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw damaged("it became shorter while being read");
      }
    }
    return buffer.flip();
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw damaged(otherwise);
    }
  }

  private LowpassRuntimeException damaged(String how) {
    return new LowpassRuntimeException(5002, place, "is damaged: " + how + "; compile or copy it again");
  }
}
