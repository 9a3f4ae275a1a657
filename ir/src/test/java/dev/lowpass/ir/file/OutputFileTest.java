package dev.lowpass.ir.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder = Path.of("");

  private Path file() {
    return folder.resolve("out.bin");
  }

  private void assertNothingElseIsThere(String... names) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }

  private void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> OutputFile.write(file, "new"))
        .isInstanceOfSatisfying(
            FileSystemException.class,
            e -> {
              assertThat(e.getFile()).isEqualTo(file.toString());
              assertThat(e.getReason()).isEqualTo(why);
            });
  }

  @Test
  void filesAreMadeAndWrittenOver() throws IOException {
    OutputFile.write(file(), "old");
    OutputFile.write(file(), "new");
    assertThat(file()).hasContent("new");
    assertNothingElseIsThere("out.bin");
  }

  /** The process's umask for new files, what is there for others. */
  @Test
  void permissionsAreThoseThatFilesHave() throws IOException {
    OutputFile.write(file(), "old");
    Path plain = Files.createFile(folder.resolve("plain"));
    assertThat(Files.getPosixFilePermissions(file())).isEqualTo(Files.getPosixFilePermissions(plain));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw--w-r--"));
    OutputFile.write(file(), "new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw--w-r--");
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Files.writeString(file(), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("out.bin"));
    OutputFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(file()).hasContent("new");
    assertNothingElseIsThere("link", "out.bin");
  }

  /** {@code -o /dev/full} once put a file in the device's place. */
  @Test
  void whatIsNoFileStays() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path device = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/full"));
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("none"));
    assertRefused(Path.of("/dev/full"), "is a pipe or a device; only files are written over");
    assertRefused(device, "is a pipe or a device; only files are written over");
    assertRefused(pipe, "is a pipe or a device; only files are written over");
    assertRefused(folder, "is a folder; only files are written over");
    assertRefused(Path.of("/"), "is a folder; give the name of a file");
    assertRefused(nowhere, "is a link to nothing");
    assertRefused(folder.resolve("none/out.bin"), "there is no folder " + folder.resolve("none"));
    assertThat(Path.of("/dev/full")).satisfies(full -> assertThat(Files.isRegularFile(full)).isFalse());
    assertNothingElseIsThere("pipe", "device", "nowhere");
  }

  @Test
  void aReadOnlyFileStays() throws IOException {
    Files.writeString(file(), "old");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
    assertRefused(file(), "is there and read-only");
    assertThat(file()).hasContent("old");
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Files.writeString(file(), "old");
    assertThatThrownBy(
            () ->
                OutputFile.write(
                    file(),
                    _ -> {
                      throw new IOException("no space");
                    }))
        .hasMessage("no space");
    assertThat(file()).hasContent("old");
    assertNothingElseIsThere("out.bin");
  }
}
