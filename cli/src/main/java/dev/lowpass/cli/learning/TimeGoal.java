package dev.lowpass.cli.learning;

import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.Candidate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The best candidate that is measured to take a part of the dense model's time: what was predicted is corrected by what
 * is measured.
 */
public record TimeGoal(Calibrator calibrator, RatioMeter meter, List<Optional<InputSize>> sizes) {
  /** How far a measurement may be from the goal, either way: what two measurements differ by. */
  static final double TOLERANCE = 0.01;

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
    Measured best = measured(calibrator.best(sizes, wanted), wanted);
    Measured last = best;
    for (int attempt = 1; attempt < ATTEMPTS && canBeCorrected(last, part); attempt++) {
      wanted = Math.min(wanted * part / last.ratio(), calibrator.dense());
      last = measured(calibrator.within(last.candidate().size(), wanted), wanted);
      best = isBetter(last, best, part * (1 + TOLERANCE)) ? last : best;
    }
    return best;
  }

  private Measured measured(Candidate candidate, double wanted) throws IOException {
    return new Measured(candidate, meter.ratio(candidate), wanted);
  }

  /** A smaller picture alone takes the time that it takes. */
  private static boolean canBeCorrected(Measured last, double part) {
    return Math.abs(last.ratio() / part - 1) > TOLERANCE && !last.candidate().bands().layers().isEmpty();
  }

  /** Of two that are fast enough the one that loses less, else the faster one. */
  private static boolean isBetter(Measured one, Measured other, double most) {
    boolean bothFast = one.ratio() <= most && other.ratio() <= most;
    return bothFast
        ? one.candidate().score().loss() < other.candidate().score().loss()
        : one.ratio() < other.ratio();
  }
}
