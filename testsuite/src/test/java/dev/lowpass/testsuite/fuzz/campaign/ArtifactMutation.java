package dev.lowpass.testsuite.fuzz.campaign;

import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Artifacts that are damaged, and artifacts that lie: with another manifest or other sizes, and hashes that fit. Code stays
 * as it is, or is damaged and found out: to run somebody's code is to trust them.
 */
final class ArtifactMutation {
  private ArtifactMutation() {}

  static byte[] of(byte[] artifact, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> ByteMutation.of(artifact, random);
      case 1 -> rehashed(header(artifact, random));
      default -> withManifest(artifact, TextMutation.of(manifest(artifact), random));
    };
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int version(byte[] artifact) {
    return little(artifact).getInt(8);
  }

  private static int manifestBytes(byte[] artifact) {
    return little(artifact).getInt(12);
  }

  private static int sections(byte[] artifact) {
    return little(artifact).getInt(16);
  }

  private static String manifest(byte[] artifact) {
    return new String(artifact, FileLayout.HEADER_BYTES, manifestBytes(artifact), StandardCharsets.UTF_8);
  }

  /** One byte of the header or the table of sections is another. */
  private static byte[] header(byte[] artifact, Random random) {
    byte[] changed = artifact.clone();
    int table = FileLayout.HEADER_BYTES + manifestBytes(artifact);
    int at = random.nextBoolean() ? random.nextInt(32) : table + random.nextInt(sections(artifact) * FileLayout.ENTRY_BYTES);
    changed[at] ^= (byte) (1 + random.nextInt(255));
    return changed;
  }

  /** The same sections behind another manifest. */
  private static byte[] withManifest(byte[] artifact, String manifest) {
    byte[] text = manifest.getBytes(StandardCharsets.UTF_8);
    int count = sections(artifact);
    List<byte[]> contents = new ArrayList<>();
    List<Section> placed = new ArrayList<>();
    long end = FileLayout.HEADER_BYTES + text.length + (long) count * FileLayout.ENTRY_BYTES;
    for (int i = 0; i < count; i++) {
      ByteBuffer entry =
          little(artifact).position(FileLayout.HEADER_BYTES + manifestBytes(artifact) + i * FileLayout.ENTRY_BYTES);
      byte[] name = new byte[FileLayout.NAME_BYTES];
      entry.get(name);
      byte[] content = new byte[(int) entry.getLong(entry.position() + 8)];
      little(artifact).position((int) entry.getLong(entry.position())).get(content);
      contents.add(content);
      String word = new String(name, StandardCharsets.US_ASCII).strip().replace("\0", "");
      placed.add(new Section(word, FileLayout.aligned(end), content.length, FileLayout.sha256().digest(content)));
      end = placed.getLast().end();
    }
    ByteBuffer file = ByteBuffer.allocate((int) end).order(ByteOrder.LITTLE_ENDIAN);
    file.put(FileLayout.header(version(artifact), text.length, count, end)).position(FileLayout.HEADER_BYTES).put(text);
    placed.forEach(section -> file.put(FileLayout.entry(section)));
    for (int i = 0; i < count; i++) {
      file.put((int) placed.get(i).offset(), contents.get(i));
    }
    return rehashed(file.array());
  }

  /** Makes the header's hash fit what it covers, where there is so much. */
  private static byte[] rehashed(byte[] file) {
    long covered = little(file).getInt(12) + (long) little(file).getInt(16) * FileLayout.ENTRY_BYTES;
    if (covered >= 0 && covered <= file.length - FileLayout.HEADER_BYTES) {
      MessageDigest digest = FileLayout.sha256();
      digest.update(file, 0, FileLayout.HASH_OFFSET);
      digest.update(file, FileLayout.HEADER_BYTES, (int) covered);
      little(file).put(FileLayout.HASH_OFFSET, digest.digest());
    }
    return file;
  }
}
