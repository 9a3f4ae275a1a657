package dev.lowpass.cli;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bands from a file of the user's. */
final class BandsSource {
  private BandsSource() {}

  /** @throws LowpassException as {@link BandsFile#parse}, LP2100 also for a file that is no text */
  static BandsFile read(Path file) throws IOException {
    try {
      return BandsFile.parse(Files.readString(file), file.toString());
    } catch (CharacterCodingException e) {
      throw new LowpassException("LP2100", file.toString(), "is not UTF-8 text", e);
    }
  }
}
