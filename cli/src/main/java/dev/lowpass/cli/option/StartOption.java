package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The bands that a training begins with, where the user knows better. */
public final class StartOption {
  @Option(
      names = "--start",
      paramLabel = "FILE",
      description =
          "A bands file to begin with, the size of the picture included, in place of what 'calibrate' would find."
              + " With --threshold-rate 0 its thresholds stay, if they are fast enough.")
  private @Nullable Path file;

  /**
   * Reads the file if one is given.
   *
   * @throws LowpassException as {@link BandsFile#parse}, LP2100 also for a file that is no text
   */
  public Optional<BandsFile> read() throws IOException {
    return file == null ? Optional.empty() : Optional.of(BandsOption.read(file));
  }
}
