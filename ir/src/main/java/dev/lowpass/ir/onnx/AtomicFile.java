package dev.lowpass.ir.onnx;

import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writing files so that nobody ever sees half of one: into a file beside it, which then takes its place. */
final class AtomicFile {
  private AtomicFile() {}

  static void write(Path file, byte[] bytes) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new LowpassException("LP1002", file.toString(), "cannot be written: there is no folder " + folder);
    }
    try {
      Path unfinished = Files.createTempFile(folder, ".", ".part");
      try {
        Files.write(unfinished, bytes);
        move(unfinished, file);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new LowpassException("LP1002", file.toString(), "cannot be written: " + e.getMessage(), e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
