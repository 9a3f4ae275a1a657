package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.file.InputFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Bands from a file of the user's. */
public final class BandsOption {
  @Option(
      names = "--bands",
      paramLabel = "FILE",
      description = "What each channel keeps: what attach-bands attaches. Without it, what the model's metadata say.")
  private @Nullable Path file;

  public boolean isGiven() {
    return file != null;
  }

  /**
   * Reads the file if one is given.
   *
   * @throws LowpassException as {@link BandsFile#parse}, LP2100 also for a file that is no text
   */
  public Optional<BandsFile> read() throws IOException {
    return file == null ? Optional.empty() : Optional.of(read(file));
  }

  /** @throws LowpassException as {@link BandsFile#parse}, LP2100 also for a file that is no text */
  public static BandsFile read(Path file) throws IOException {
    try {
      return BandsFile.parse(InputFile.text(file), file.toString());
    } catch (CharacterCodingException e) {
      throw new LowpassException("LP2100", file.toString(), "is not UTF-8 text", e);
    }
  }
}
