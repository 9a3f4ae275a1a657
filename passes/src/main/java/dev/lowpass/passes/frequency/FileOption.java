package dev.lowpass.passes.frequency;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.file.FileProblem;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.passes.pass.PassOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The option {@code file} of passes that need bands: a bands file in place of those that the compilation comes with. */
final class FileOption {
  private FileOption() {}

  /**
   * Reads the file, if one is named.
   *
   * @throws LowpassException LP3010 if it cannot be read, else as {@link BandsFile#parse}
   */
  static Optional<BandsFile> read(PassOptions options) {
    String file = options.text("file", "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BandsFile.parse(InputFile.text(Path.of(file)), file));
    } catch (IOException e) {
      throw new LowpassException("LP3010", file, "the bands file cannot be read: " + FileProblem.of(e), e);
    }
  }
}
