package dev.lowpass.cli.learning;

import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.file.InputFile;
import dev.lowpass.ir.file.OutputFile;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.learn.Candidate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With what a training began. It was found with measurements, which differ from one time to the next; so it is kept
 * beside the checkpoint, which fits no other.
 *
 * @param part of the dense model's time that is wanted
 * @param microseconds that the compiler predicts for {@code bands}
 */
public record TrainingStart(double part, double microseconds, BandsFile bands) {
  private static final Pattern FIRST_LINE = Pattern.compile("start 1 time (\\S+) microseconds (\\S+)");

  /** The best that {@code goal} finds for {@code part} of the dense model's time. */
  public static TrainingStart untrained(TimeGoal goal, double part) throws IOException {
    Candidate best = goal.reach(part).candidate();
    return new TrainingStart(part, best.microseconds(), best.bands());
  }

  /** Where the start of the training in {@code checkpoint} is kept. */
  public static Path beside(Path checkpoint) {
    return checkpoint.resolveSibling(checkpoint.getFileName() + ".start");
  }

  public void write(Path file) throws IOException {
    OutputFile.write(file, "start 1 time %s microseconds %s\n".formatted(part, microseconds) + bands.print());
  }

  /**
   * Reads what was written.
   *
   * @param part that is wanted now
   * @throws LowpassException LP6021 for something else, or for a training that another time was wanted of
   */
  public static TrainingStart read(Path file, double part) throws IOException {
    String text = new String(InputFile.bytes(file, Limit.TEXT), StandardCharsets.UTF_8);
    int end = text.indexOf('\n') + 1;
    Matcher first = FIRST_LINE.matcher(text.substring(0, end).strip());
    try {
      if (first.matches() && Double.parseDouble(first.group(1)) != part) {
        throw refused(file, "is of a training with --time " + first.group(1) + ", not " + part);
      }
      if (first.matches()) {
        BandsFile bands = BandsFile.parse(text.substring(end), file.toString());
        return new TrainingStart(part, Double.parseDouble(first.group(2)), bands);
      }
    } catch (NumberFormatException e) {
      // Falls through to the same complaint.
    }
    throw refused(file, "is not the start of a training");
  }

  /** @throws LowpassException LP6021 unless the training that is kept beside {@code file} began with {@code given} */
  void requireBands(BandsFile given, Path file) {
    if (!given.equals(bands)) {
      throw refused(file, "is of a training with another --start");
    }
  }

  private static LowpassException refused(Path file, String problem) {
    return new LowpassException("LP6021", file.toString(), problem + "; delete it and the checkpoint to begin anew");
  }
}
