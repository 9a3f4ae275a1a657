package dev.lowpass.ir.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void filesAreReadThroughLinks() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(InputFile.text(link)).isEqualTo("text");
    assertThat(InputFile.bytes(link, Limit.FILE, Limits.usual())).hasSize(4);
  }

  /** To open a pipe that nobody writes into takes for ever. */
  @Test
  @Timeout(20)
  void whatIsNoFileIsNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> InputFile.text(pipe))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(pipe + ": is a pipe or a device, not a file");
    assertThatThrownBy(() -> InputFile.stream(Path.of("/dev/zero"))).hasMessageContaining("a device, not a file");
    assertThatThrownBy(() -> InputFile.text(folder)).hasMessage(folder + ": is a folder, not a file");
    assertThatThrownBy(() -> InputFile.text(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void largeFilesAreNotRead() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[101]);
    Limits narrow = Limits.usual().with(Limit.FILE, 100);
    assertThatThrownBy(() -> InputFile.bytes(file, Limit.FILE, narrow))
        .hasMessage(
            "LP1012 " + file + ": the file has 101 bytes, but at most 100 are taken; --limit file=101 takes it");
  }

  /** There is no option for it, and so the message names none. */
  @Test
  void largeTextsAreNotRead() throws IOException {
    Path file = folder.resolve("file");
    long bytes = Limit.TEXT.usual() + 1;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    String message = "LP1012 %s: the file has %d bytes of text, but at most %d are taken".formatted(file, bytes, bytes - 1);
    assertThatThrownBy(() -> InputFile.text(file)).hasMessage(message);
    assertThatThrownBy(() -> InputFile.bytes(file, Limit.TEXT)).hasMessage(message);
  }
}
