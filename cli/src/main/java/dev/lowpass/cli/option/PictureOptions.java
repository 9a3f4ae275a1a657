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
      names = "--input-crop",
      paramLabel = "208x208",
      description = "The middle of the picture that is shrunk to --input-size; all of it unless given.")
  private @Nullable String crop;

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
   * @throws LowpassException LP7032 for a size, a middle or a filter that is none, or that is for no size
   */
  PictureSettings toSettings() {
    checkSized("--input-filter", filter);
    checkSized("--input-crop", crop);
    return new PictureSettings(Optional.ofNullable(size).map(this::inputSize), small);
  }

  private void checkSized(String option, @Nullable String given) {
    if (given != null && size == null) {
      throw new LowpassException("LP7032", option + " " + given, "is for --input-size, which is not given");
    }
  }

  private InputSize inputSize(String given) {
    MapSize map = map("--input-size", given);
    Optional<MapSize> middle = Optional.ofNullable(crop).map(text -> map("--input-crop", text));
    try {
      return new InputSize(map, middle, filter == null ? InputSize.USUAL : filter(filter));
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7032", "--input-crop " + crop, String.valueOf(e.getMessage()), e);
    }
  }

  private static MapSize map(String option, String given) {
    try {
      return MapSize.parse(given);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7032", option + " " + given, String.valueOf(e.getMessage()), e);
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
