package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.learn.train.Augmentation;
import dev.lowpass.learn.train.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a training goes. */
public final class ScheduleOptions {
  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1500",
      description = "Steps of the training; default ${DEFAULT-VALUE}.")
  private int steps = 1500;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "24",
      description = "Pictures a step; default ${DEFAULT-VALUE}.")
  private int batch = 24;

  @Option(
      names = "--rate",
      paramLabel = "X",
      defaultValue = "1e-4",
      description = "Adam's rate for weights at the start; it falls along a cosine. Default ${DEFAULT-VALUE}.")
  private double rate = 1e-4;

  @Option(
      names = "--threshold-rate",
      paramLabel = "X",
      defaultValue = "0.05",
      description = "The same for thresholds, in coefficients a step. Default ${DEFAULT-VALUE}.")
  private double thresholdRate = 0.05;

  @Option(
      names = "--softness",
      paramLabel = "X",
      defaultValue = "1",
      description = "Coefficients over which masks fall at the start; default ${DEFAULT-VALUE}.")
  private double softness = 1;

  @Option(
      names = "--shift",
      paramLabel = "N",
      defaultValue = "12",
      description = "Samples by which pictures are shifted at most; default ${DEFAULT-VALUE}.")
  private int shift = 12;

  @Option(
      names = "--flip",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Show half of the pictures in a mirror; on unless --no-flip.")
  private boolean flip = true;

  @Option(
      names = "--zoom",
      paramLabel = "X",
      defaultValue = "0.3",
      description = "By how much pictures are enlarged at most, 0.3 for up to 1.3 times as large; default"
          + " ${DEFAULT-VALUE}.")
  private double zoom = 0.3;

  @Option(
      names = "--mix",
      paramLabel = "PART",
      defaultValue = "0.3",
      description = "The part of pictures that are mixed with others where no labels are learnt; default"
          + " ${DEFAULT-VALUE}.")
  private double mix = 0.3;

  @Option(
      names = "--evaluate-every",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps between looks at held-out pictures; default ${DEFAULT-VALUE}.")
  private int evaluateEvery = 100;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "8",
      description = "Looks without an improvement that end the training; default ${DEFAULT-VALUE}.")
  private int patience = 8;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Keep the training there, and go on from there if it exists.")
  private @Nullable Path checkpoint;

  /** @throws LowpassException LP7053 for numbers that make no sense */
  public Schedule schedule() {
    try {
      return new Schedule(steps, batch, rate, thresholdRate, softness);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7053", "--steps, --batch, --rate", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * How pictures are changed.
   *
   * @param labelled whether labels are learnt: then nothing is mixed
   * @throws LowpassException LP7053 for numbers that make no sense
   */
  public Augmentation augmentation(boolean labelled) {
    try {
      return new Augmentation(shift, flip, zoom, labelled ? 0 : mix);
    } catch (IllegalArgumentException e) {
      throw new LowpassException("LP7053", "--shift, --zoom, --mix", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Refuses what can be seen to fail before hours have gone into it.
   *
   * @throws LowpassException LP7023 for a number
   * @throws IOException if the checkpoint cannot be written
   */
  public void check() throws IOException {
    Checks.atLeastOne("--evaluate-every", evaluateEvery);
    Checks.atLeastOne("--patience", patience);
    if (checkpoint != null) {
      Checks.mayWrite(checkpoint);
    }
  }

  public int evaluateEvery() {
    return evaluateEvery;
  }

  public int patience() {
    return patience;
  }

  public Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }
}
