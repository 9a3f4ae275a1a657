package dev.lowpass.testsuite.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.artifact.ArtifactReader;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Hashes keep chance from getting far: here they fit, as they would where somebody means harm. */
class ArtifactReaderFuzzTest {
  private static final byte[] PARAMETERS = new byte[64];
  private static final byte[] CODE = {'n', 'o', 'n', 'e'};

  @TempDir private static Path folder = Path.of("");

  /** Anything, with the header's hash put right where there is room for one. */
  @FuzzTest(maxDuration = "1m")
  void files(byte[] bytes) throws IOException {
    read(bytes);
    byte[] hashed = bytes.clone();
    if (rehash(hashed)) {
      read(hashed);
    }
  }

  /** A manifest of anything, in an artifact that is right otherwise, for one size or for two. */
  @FuzzTest(maxDuration = "1m")
  void manifests(byte[] text) throws IOException {
    read(artifact(text, 1));
    read(artifact(text, 2));
  }

  private static void read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.lowpass"), bytes);
    try {
      ArtifactReader.read(file, "fuzz").requireRunnable("linux-x86_64", Set.of());
    } catch (LowpassRuntimeException e) {
      // As it should be.
    }
  }

  private static byte[] artifact(byte[] manifest, int sizes) {
    int sections = sizes + 1;
    int tableBytes = sections * FileLayout.ENTRY_BYTES;
    int first = (int) FileLayout.aligned(FileLayout.HEADER_BYTES + (long) manifest.length + tableBytes);
    int last = first + sizes * FileLayout.SECTION_ALIGNMENT;
    ByteBuffer file = ByteBuffer.allocate(last + PARAMETERS.length);
    file.put(FileLayout.header(FileLayout.version(sizes), manifest.length, sections, file.capacity()));
    file.position(FileLayout.HEADER_BYTES).put(manifest);
    for (int size = 0; size < sizes; size++) {
      int offset = first + size * FileLayout.SECTION_ALIGNMENT;
      file.put(entry(FileLayout.code(size), offset, CODE)).put(offset, CODE);
    }
    file.put(entry(FileLayout.PARAMETERS, last, PARAMETERS)).put(last, PARAMETERS);
    rehash(file.array());
    return file.array();
  }

  private static ByteBuffer entry(String name, int offset, byte[] content) {
    return FileLayout.entry(new Section(name, offset, content.length, FileLayout.sha256().digest(content)));
  }

  /** Makes the header's hash fit what it covers; nothing where the file ends before that. */
  private static boolean rehash(byte[] file) {
    if (file.length < FileLayout.HEADER_BYTES) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long covered = header.getInt(12) + (long) header.getInt(16) * FileLayout.ENTRY_BYTES;
    if (covered < 0 || covered > file.length - FileLayout.HEADER_BYTES) {
      return false;
    }
    MessageDigest digest = FileLayout.sha256();
    digest.update(file, 0, FileLayout.HASH_OFFSET);
    digest.update(file, FileLayout.HEADER_BYTES, (int) covered);
    header.put(FileLayout.HASH_OFFSET, digest.digest());
    return true;
  }
}
