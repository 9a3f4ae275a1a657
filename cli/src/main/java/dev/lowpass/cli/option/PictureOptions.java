package dev.lowpass.cli.option;

import dev.lowpass.codegen.PictureSettings;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.op.ResizeFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** At which size the network reads pictures. */
public final class PictureOptions {
  @Option(
      names = "--input-size",
      paramLabel = "192x192",
      description = "Height and width at which the network reads pictures, in place of what the bands say.")
  private @Nullable String size;

  @Option(
      names = "--input-filter",
      paramLabel = "FILTER",
      description = "What shrinks pictures to --input-size: cubic (unless given), linear or dct.")
  private @Nullable String filter;

  @Option(
      names = "--small-input",
      description = "The artifact takes pictures in their small size, and does not shrink them itself.")
  private boolean small;

  /**
   * The options as the compiler takes them.
   *
   * @throws LowpassException LP7032 for a size or a filter that is none, or a filter for no size
   */
  PictureSettings toSettings() {
    if (filter != null && size == null) {
      throw new LowpassException("LP7032", "--input-filter " + filter, "is for --input-size, which is not given");
    }
    return new PictureSettings(Optional.ofNullable(size).map(this::inputSize), small);
  }

  private InputSize inputSize(String given) {
    return new InputSize(map(given), filter == null ? InputSize.USUAL : filter(filter));
  }

  private static MapSize map(String given) {
    try {
      return MapSize.parse(given);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7032", "--input-size " + given, String.valueOf(e.getMessage()), e);
    }
  }

  private static ResizeFilter filter(String given) {
    try {
      return ResizeFilter.parse(given);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7032", "--input-filter " + given, String.valueOf(e.getMessage()), e);
    }
  }
}
