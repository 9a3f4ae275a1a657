package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes of small artifacts whose code is junk, to be made wrong in one respect while all hashes still fit: what a
 * hostile hand could write, where a damaged file could not.
 */
public final class SyntheticArtifact {
  /** What the code section of every artifact made here holds. */
  public static final byte[] JUNK = "this is no shared library".getBytes(StandardCharsets.UTF_8);

  private static final byte[] PARAMETERS = new byte[128];

  /** In the order of the file. Offsets of -1 are for the next aligned place. */
  private record Part(String name, long offset, byte[] content) {}

  private final List<Part> parts = new ArrayList<>();
  private byte[] manifest;
  private int version;

  public SyntheticArtifact() {
    this(manifest("linux-x86_64", List.of()));
  }

  public SyntheticArtifact(Manifest manifest) {
    this.manifest = ManifestJson.print(manifest);
    this.version = FileLayout.version(manifest.sizes().size());
    for (int size = 0; size < manifest.sizes().size(); size++) {
      parts.add(new Part(FileLayout.code(size), -1, JUNK));
    }
    parts.add(new Part(FileLayout.PARAMETERS, -1, PARAMETERS));
  }

  /** A manifest that fits the sections made here. */
  public static Manifest manifest(String platform, List<String> features) {
    return manifest(platform, features, List.of(size(1, PARAMETERS.length)));
  }

  /** As {@link #manifest(String, List)}, for other sizes. */
  static Manifest manifest(String platform, List<String> features, List<Manifest.Size> sizes) {
    return new Manifest(
        new Manifest.Source("synthetic", "0".repeat(64)),
        new Manifest.Target("cpu", platform, DeviceKind.CPU, features),
        sizes,
        new Manifest.Build("lowpass test", Map.of("dense", "true")));
  }

  /** A size for {@code batch} pictures. */
  static Manifest.Size size(long batch, long parameterBytes) {
    return new Manifest.Size(
        List.of(new TensorSpec("x", ElementType.F32, List.of(batch, 3L, 2L, 2L))),
        List.of(new TensorSpec("y", ElementType.F32, List.of(batch, 4L))),
        new Manifest.Memory(parameterBytes, 64, 0),
        List.of("first", "second"),
        List.of(),
        Map.of("remarks", List.of("none")));
  }

  /** An artifact for two batches, the first of which reads half of the parameters. */
  static SyntheticArtifact ofTwoSizes() {
    return new SyntheticArtifact(
        manifest("linux-x86_64", List.of(), List.of(size(1, PARAMETERS.length / 2), size(4, PARAMETERS.length))));
  }

  SyntheticArtifact withVersion(int other) {
    version = other;
    return this;
  }

  SyntheticArtifact withManifest(String json) {
    manifest = json.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  SyntheticArtifact withManifestEntry(String key, Object value) {
    try {
      Map<String, Object> json = new LinkedHashMap<>(JsonReader.read(manifest));
      json.put(key, value);
      manifest = JsonWriter.write(json);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return this;
  }

  SyntheticArtifact without(String section) {
    parts.removeIf(part -> part.name().equals(section));
    return this;
  }

  SyntheticArtifact with(String section, byte[] content) {
    parts.add(new Part(section, -1, content));
    return this;
  }

  /** States {@code offset} for the section, wherever it is. */
  SyntheticArtifact at(String section, long offset) {
    parts.replaceAll(part -> part.name().equals(section) ? new Part(section, offset, part.content()) : part);
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream sections = new ByteArrayOutputStream();
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    long start = FileLayout.HEADER_BYTES + manifest.length + (long) parts.size() * FileLayout.ENTRY_BYTES;
    for (Part part : parts) {
      long end = start + sections.size();
      sections.writeBytes(new byte[(int) (FileLayout.aligned(end) - end)]);
      long offset = part.offset() < 0 ? FileLayout.aligned(end) : part.offset();
      byte[] hash = FileLayout.sha256().digest(part.content());
      table.writeBytes(FileLayout.entry(new Section(part.name(), offset, part.content().length, hash)).array());
      sections.writeBytes(part.content());
    }
    ByteBuffer file = ByteBuffer.allocate((int) start + sections.size());
    ByteBuffer header = FileLayout.header(version, manifest.length, parts.size(), file.capacity());
    file.put(header.duplicate()).position(FileLayout.HEADER_BYTES);
    file.put(manifest).put(table.toByteArray()).put(sections.toByteArray());
    rehash(file.array());
    return file.array();
  }

  /** Makes the header's hash fit again after a change to header, manifest or table. */
  static void rehash(byte[] file) {
    ByteBuffer header = ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int covered = header.getInt(12) + header.getInt(16) * FileLayout.ENTRY_BYTES;
    var digest = FileLayout.sha256();
    digest.update(file, 0, FileLayout.HASH_OFFSET);
    digest.update(file, FileLayout.HEADER_BYTES, covered);
    header.put(FileLayout.HASH_OFFSET, digest.digest());
  }
}
