package dev.lowpass.runtime.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reader accepts and, mostly, what it does not. */
class ArtifactReaderTest {
  @TempDir
  Path folder;

  @Test
  void readsWhatWasWritten() throws IOException {
    Artifact artifact = read(new SyntheticArtifact().bytes());
    assertThat(artifact.manifest()).isEqualTo(SyntheticArtifact.manifest("linux-x86_64", List.of()));
    assertThat(artifact.code()).containsExactly(SyntheticArtifact.JUNK);
    assertThat(artifact.parameters().capacity()).isEqualTo(128);
    assertThat(artifact.parameters().isReadOnly()).isTrue();
  }

  @Test
  void readsTheCodeOfEverySize() throws IOException {
    Artifact artifact = read(SyntheticArtifact.ofTwoSizes().bytes());
    assertThat(artifact.manifest().sizes()).hasSize(2);
    assertThat(artifact.code()).containsExactly(SyntheticArtifact.JUNK, SyntheticArtifact.JUNK);
    assertThat(artifact.parameters().capacity()).isEqualTo(128);
  }

  @Test
  void everyFlippedByteIsNoticed() throws IOException {
    noticesFlippedBytes(new SyntheticArtifact().bytes());
    noticesFlippedBytes(SyntheticArtifact.ofTwoSizes().bytes());
  }

  private void noticesFlippedBytes(byte[] good) throws IOException {
    Path file = Files.write(folder.resolve("flipped"), good);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < good.length; i++) {
        put(channel, i, (byte) (good[i] ^ 1 << i % 8));
        Throwable thrown = catchThrowable(() -> ArtifactReader.read(file, "flipped"));
        assertThat(thrown).as("byte %d", i).isInstanceOf(LowpassRuntimeException.class);
        assertThat(((LowpassRuntimeException) thrown).code()).as("byte %d", i).isIn(5002, 5003);
        put(channel, i, good[i]);
      }
    }
  }

  private static void put(FileChannel channel, int at, byte value) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {value}), at);
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    noticesTruncations(new SyntheticArtifact().bytes());
    noticesTruncations(SyntheticArtifact.ofTwoSizes().bytes());
  }

  private void noticesTruncations(byte[] good) throws IOException {
    Path file = Files.write(folder.resolve("short"), good);
    // A file that is written anew each time would have to reach the disk each time.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int length = good.length - 1; length >= 0; length--) {
        channel.truncate(length);
        assertThatThrownBy(() -> ArtifactReader.read(file, "short"))
            .as("%d of %d bytes", length, good.length)
            .hasMessageStartingWith("LP5002 short: ");
      }
    }
  }

  @Test
  void appendedBytesAreNoticed() {
    byte[] good = new SyntheticArtifact().bytes();
    assertRejected(Arrays.copyOf(good, good.length + 1), "5002", "its header says " + good.length);
  }

  @Test
  void anotherFileIsNoArtifact() {
    assertRejected(new byte[100], "5002", "not a Lowpass artifact");
    assertRejected(new byte[0], "5002", "0 bytes");
  }

  @Test
  void anotherVersionIsNamedWithOurs() {
    assertRejected(new SyntheticArtifact().withVersion(1).bytes(), "5003", "version 1, but this runtime reads 2 and 3");
    assertRejected(new SyntheticArtifact().withVersion(4).bytes(), "5003", "version 4, but this runtime reads 2 and 3");
  }

  /** What knows of one size only must not take the first of several for all that there is. */
  @Test
  void theVersionSaysWhetherThereAreSeveralSizes() {
    assertRejected(new SyntheticArtifact().withVersion(3).bytes(), "5002", "it has 1 sizes, and is of version 3");
    assertRejected(SyntheticArtifact.ofTwoSizes().withVersion(2).bytes(), "5002", "it has 2 sizes, and is of version 2");
  }

  @Test
  void hugeLengthsAllocateNothing() {
    byte[] bytes = new SyntheticArtifact().bytes();
    littleEndian(bytes).putInt(12, Integer.MAX_VALUE);
    assertRejected(bytes, "5002", "header is impossible");
    bytes = new SyntheticArtifact().bytes();
    littleEndian(bytes).putInt(12, FileLayout.MAX_MANIFEST_BYTES);
    assertRejected(bytes, "5002", "ends within its manifest");
    bytes = new SyntheticArtifact().bytes();
    littleEndian(bytes).putInt(16, -1);
    assertRejected(bytes, "5002", "header is impossible");
  }

  @Test
  void sectionsMustFollowEachOther() {
    assertRejected(new SyntheticArtifact().at(FileLayout.PARAMETERS, 4096).bytes(), "5002", "section params is misplaced");
    assertRejected(new SyntheticArtifact().at(FileLayout.CODE, 0).bytes(), "5002", "section code is misplaced");
    assertRejected(new SyntheticArtifact().at(FileLayout.CODE, 4096L << 32).bytes(), "5002", "section code is misplaced");
    assertRejected(new SyntheticArtifact().at(FileLayout.PARAMETERS, Long.MAX_VALUE).bytes(), "5002", "misplaced");
  }

  @Test
  void sectionsMustBeThereOnce() {
    assertRejected(new SyntheticArtifact().without(FileLayout.CODE).bytes(), "5002", "0 sections code");
    assertRejected(new SyntheticArtifact().with(FileLayout.CODE, new byte[3]).bytes(), "5002", "2 sections code");
  }

  @Test
  void everySizeMustHaveItsCode() {
    assertRejected(SyntheticArtifact.ofTwoSizes().without("code.2").bytes(), "5002", "0 sections code.2");
    assertRejected(SyntheticArtifact.ofTwoSizes().without(FileLayout.CODE).bytes(), "5002", "0 sections code");
    assertRejected(SyntheticArtifact.ofTwoSizes().with("code.2", new byte[3]).bytes(), "5002", "2 sections code.2");
  }

  @Test
  void unknownSectionsAreIgnored() throws IOException {
    Artifact artifact = read(new SyntheticArtifact().with("notes", new byte[5000]).bytes());
    assertThat(artifact.code()).containsExactly(SyntheticArtifact.JUNK);
  }

  @Test
  void parametersMustHaveTheirSize() {
    SyntheticArtifact artifact = new SyntheticArtifact().withManifestEntry("parameterBytes", 64L);
    assertRejected(artifact.bytes(), "5002", "128 bytes of parameters, but its manifest says 64");
    SyntheticArtifact first = new SyntheticArtifact(SyntheticArtifact.manifest("linux-x86_64", List.of(),
        List.of(SyntheticArtifact.size(1, 128), SyntheticArtifact.size(4, 192))));
    assertRejected(first.bytes(), "5002", "128 bytes of parameters, but its manifest says 192");
  }

  @Test
  void missingFileAndFolderAreSaidSo() {
    assertThatThrownBy(() -> ArtifactReader.read(folder.resolve("absent"), "absent"))
        .hasMessage("LP5001 absent: no such file");
    assertThatThrownBy(() -> ArtifactReader.read(folder, "folder"))
        .hasMessage("LP5001 folder: is a folder, not an artifact");
  }

  private Artifact read(byte[] bytes) throws IOException {
    return ArtifactReader.read(Files.write(folder.resolve("model"), bytes), "model");
  }

  private void assertRejected(byte[] bytes, String code, String part) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(LowpassRuntimeException.class)
        .hasMessageStartingWith("LP" + code + " model: ")
        .hasMessageContaining(part)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
