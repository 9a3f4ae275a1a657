package dev.lowpass.ir.onnx;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.OutputFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writing files so that nobody ever sees half of one. */
final class AtomicFile {
  private AtomicFile() {}

  /** @throws LowpassException LP1002 if the file cannot be written */
  static void write(Path file, byte[] bytes) {
    try {
      OutputFile.write(file, bytes);
    } catch (IOException e) {
      throw new LowpassException("LP1002", file.toString(), "cannot be written: " + FileProblem.of(e), e);
    }
  }
}
