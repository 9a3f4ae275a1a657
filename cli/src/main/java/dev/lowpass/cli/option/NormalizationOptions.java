package dev.lowpass.cli.option;

import dev.lowpass.cli.data.Normalization;
import dev.lowpass.ir.LowpassException;
import picocli.CommandLine.Option;

/** How samples of pictures become input. */
public final class NormalizationOptions {
  @Option(
      names = "--scale",
      paramLabel = "X",
      defaultValue = "127.5",
      description = "Pictures are read as (sample - mean) / scale; default ${DEFAULT-VALUE}.")
  private float scale = 127.5f;

  @Option(
      names = "--mean",
      paramLabel = "X",
      defaultValue = "127.5",
      description = "See --scale; default ${DEFAULT-VALUE}.")
  private float mean = 127.5f;

  public Normalization toNormalization() {
    try {
      return new Normalization(mean, scale);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7023", "--scale, --mean", String.valueOf(e.getMessage()), e);
    }
  }
}
