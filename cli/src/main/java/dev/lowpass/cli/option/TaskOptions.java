package dev.lowpass.cli.option;

import dev.lowpass.ir.LowpassException;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a training is to teach. */
public final class TaskOptions {
  /** What is small when it is taught. */
  public enum Loss {
    /** The pictures' classes are named. */
    CROSS_ENTROPY,

    /** The whole model's answers are given. */
    DISTILLATION;

    /** As the command line has it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--loss",
      paramLabel = "cross-entropy|distillation",
      description =
          "Learn to name the pictures' classes, or to answer as the model does now, whatever the classes are. By"
              + " default the former with --labels, the latter without.")
  private @Nullable Loss loss;

  @Option(
      names = "--smoothing",
      paramLabel = "PART",
      defaultValue = "0.1",
      description = "The part of certainty of a class that all classes share in cross-entropy; default"
          + " ${DEFAULT-VALUE}.")
  private double smoothing = 0.1;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "The labels are of N classes that are not the model's: its last layer is replaced by one with N outputs,"
              + " which knows nothing as yet. With --time 1, or --start.")
  private @Nullable Integer classes;

  /**
   * What the loss is.
   *
   * @param labelled whether the pictures' classes are known
   * @throws LowpassException LP7056 for cross-entropy without classes, LP7057 for new classes without cross-entropy,
   *     LP7051 for a smoothing that is no part, LP7023 for less than two classes
   */
  public Loss loss(boolean labelled) {
    Loss chosen = loss != null ? loss : labelled ? Loss.CROSS_ENTROPY : Loss.DISTILLATION;
    if (chosen == Loss.CROSS_ENTROPY && !labelled) {
      throw new LowpassException("LP7056", "--loss " + chosen, "takes the pictures' classes; give --labels");
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new LowpassException("LP7051", "--smoothing " + smoothing, "is a part: at least 0, less than 1");
    }
    if (classes != null) {
      Checks.atLeast("--classes", classes, 2);
      if (chosen != Loss.CROSS_ENTROPY) {
        throw new LowpassException(
            "LP7057", "--classes " + classes, "the model knows nothing of new classes; name them with --labels");
      }
    }
    return chosen;
  }

  public double smoothing() {
    return smoothing;
  }

  /**
   * The number of new classes; none where labels are of the model's own.
   *
   * @param found whether what the training begins with has to be found by what the model answers
   * @throws LowpassException LP7057 for new ones, of which it has no answer yet
   */
  public OptionalInt classes(boolean found) {
    if (classes == null) {
      return OptionalInt.empty();
    }
    if (found) {
      throw new LowpassException(
          "LP7057",
          "--classes " + classes,
          "a new layer cannot say what bands lose; train it with --time 1 and learn from the result, or give --start");
    }
    return OptionalInt.of(classes);
  }
}
