package dev.lowpass.cli.learning;

import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.data.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a training begins with.
 *
 * @param part of the dense model's time that is wanted
 * @param sizes of the picture among which is chosen, largest first
 * @param seed of all that is drawn
 */
public record StartSearch(
    SourceNetwork network,
    LearningPictures pictures,
    Outcome outcome,
    double part,
    List<Optional<InputSize>> sizes,
    long seed,
    Progress progress) {
  /** Pictures by which bands are found. */
  private static final int CALIBRATION = 400;

  /**
   * What the training in {@code checkpoint} began with, if there is one; else {@code given}, or the best that is found
   * untrained. It is kept beside the checkpoint.
   */
  public TrainingStart find(Optional<BandsFile> given, Optional<Path> checkpoint) throws IOException {
    Optional<BandsFile> bands = given.map(this::paying);
    Optional<Path> kept = checkpoint.map(TrainingStart::beside);
    if (kept.isPresent() && Files.exists(kept.get()) && Files.exists(checkpoint.orElseThrow())) {
      TrainingStart start = TrainingStart.read(kept.get(), part);
      bands.ifPresent(wanted -> start.requireBands(wanted, kept.get()));
      return start;
    }
    TrainingStart start = bands.isPresent() ? with(bands.get()) : part == 1 ? dense() : calibrated();
    if (kept.isPresent()) {
      start.write(kept.get());
    }
    return start;
  }

  /** Whether a model has to be asked about pictures for that. */
  public static boolean calibrates(double part, boolean given) {
    return part < 1 && !given;
  }

  /** Of {@code given} the bands of layers that the compiler will run low-passed: others are not executed. */
  private BandsFile paying(BandsFile given) {
    return network.times(given.inputs()).lowpassed(given);
  }

  /** Bands as they are if they are fast enough; else what is predicted falls by as much as they are measured above. */
  private TrainingStart with(BandsFile bands) throws IOException {
    double predicted = network.times(bands.inputs()).of(bands);
    try (RatioMeter meter = meter()) {
      double ratio = meter.ratio(network.graph(), bands);
      boolean fast = ratio <= part * (1 + TimeGoal.TOLERANCE);
      return new TrainingStart(part, fast ? predicted : predicted * part / ratio, bands);
    }
  }

  /** Where all of the time may be taken, nothing is low-passed, and the largest size is best. */
  private TrainingStart dense() {
    BandsFile bands = new BandsFile(new LinkedHashMap<>(), network.inputs(sizes.getFirst()));
    TimeModel times = network.times(bands.inputs());
    return new TrainingStart(part, times.whole(), bands);
  }

  private TrainingStart calibrated() throws IOException {
    Examples some = pictures.someExamples(CALIBRATION);
    try (Calibrator calibrator = network.calibrator(some, pictures.heldOutExamples(), seed, progress::stage);
        RatioMeter meter = meter()) {
      return TrainingStart.untrained(new TimeGoal(calibrator, meter, sizes), part);
    }
  }

  private RatioMeter meter() throws IOException {
    return outcome.meter(pictures.heldOut().set().entries().getFirst().file());
  }
}
