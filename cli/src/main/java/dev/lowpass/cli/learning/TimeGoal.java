package dev.lowpass.cli.learning;

import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.Candidate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The best candidate that is measured to take a part of the dense model's time: what was predicted is corrected by what
 * is measured.
 */
public record TimeGoal(Calibrator calibrator, Outcome outcome, List<Optional<InputSize>> sizes, Path picture) {
  /** What a measurement may be above the goal. */
  private static final double TOLERANCE = 1.01;

  private static final int ATTEMPTS = 3;

  /**
   * A candidate and its time by the dense model's.
   *
   * @param predicted microseconds that had to be asked for
   */
  public record Measured(Candidate candidate, double ratio, double predicted) {}

  /** The best candidate within {@code part} of the dense model's time; the fastest found where none is as fast. */
  public Measured reach(double part) throws IOException {
    double wanted = part * calibrator.dense();
    Candidate candidate = calibrator.best(sizes, wanted);
    Measured measured = new Measured(candidate, outcome.measuredRatio(candidate, picture), wanted);
    for (int attempt = 1; attempt < ATTEMPTS && measured.ratio() > part * TOLERANCE; attempt++) {
      wanted *= part / measured.ratio();
      candidate = calibrator.best(sizes, wanted);
      measured = new Measured(candidate, outcome.measuredRatio(candidate, picture), wanted);
    }
    return measured;
  }
}
