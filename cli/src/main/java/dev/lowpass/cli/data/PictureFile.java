package dev.lowpass.cli.data;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.runtime.picture.Picture;
import dev.lowpass.runtime.picture.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures that a user names. */
public final class PictureFile {
  private PictureFile() {}

  /**
   * Reads a picture.
   *
   * @throws dev.lowpass.runtime.LowpassRuntimeException LP5030 if it is none that we read, or damaged
   * @throws LowpassException LP7011 if the file is larger than any picture that we read
   * @throws IOException if there is no such file, it is a pipe or a device, or it cannot be read
   */
  public static Picture read(Path file) throws IOException {
    InputFile.require(file);
    if (Files.size(file) > PictureReader.MAX_BYTES) {
      throw new LowpassException(
          "LP7011", file.toString(), Files.size(file) + " bytes; at most " + PictureReader.MAX_BYTES);
    }
    return PictureReader.read(file.toString(), Files.readAllBytes(file));
  }
}
