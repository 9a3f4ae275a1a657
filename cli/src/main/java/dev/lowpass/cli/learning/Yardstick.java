package dev.lowpass.cli.learning;

import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.Quantity;
import dev.lowpass.learn.judge.Score;
import java.util.Locale;

/** What candidates are held against, and what a score says then. */
public enum Yardstick {
  /** What the whole model answers, which is no classes: there is nothing to agree on. */
  VALUES,

  /** The classes that the whole model names. */
  ANSWERS,

  /** The pictures' classes, which the whole model names too. */
  CLASSES,

  /** The pictures' classes, of which the whole model knows nothing. */
  NEW_CLASSES;

  /** For candidates that shall answer as {@code network} does. */
  public static Yardstick answersOf(SourceNetwork network) {
    return network.classes() > 0 ? ANSWERS : VALUES;
  }

  /** For candidates that shall name the pictures' classes. */
  public static Yardstick classesOf(SourceNetwork network) {
    return network.newHead() ? NEW_CLASSES : CLASSES;
  }

  String text(Score score) {
    return switch (this) {
      case VALUES -> String.format(Locale.ROOT, "relative error %.4f", score.loss());
      case ANSWERS -> {
        String agreement = Quantity.percent(score.agreement());
        yield String.format(Locale.ROOT, "KL %.4f, agreement %s%s", score.loss(), agreement, lost(score));
      }
      case CLASSES -> named(score) + lost(score);
      case NEW_CLASSES -> named(score);
    };
  }

  private static String named(Score score) {
    String accuracy = Quantity.percent(score.accuracy());
    return String.format(Locale.ROOT, "cross-entropy %.4f, accuracy %s", score.crossEntropy(), accuracy);
  }

  private static String lost(Score score) {
    return score.labelled() > 0 ? String.format(Locale.ROOT, ", %.2f points lost", score.pointsLost()) : "";
  }

  /** What is not known, or says nothing, is null. */
  Json toJson(Score score) {
    boolean known = this != NEW_CLASSES;
    boolean classifies = known && this != VALUES;
    return new Json()
        .with("pictures", score.pictures())
        .with("loss", known ? score.loss() : Double.NaN)
        .with("agreement", classifies ? score.agreement() : Double.NaN)
        .with("pointsLost", classifies ? score.pointsLost() : Double.NaN)
        .with("crossEntropy", score.crossEntropy())
        .with("accuracy", score.accuracy());
  }
}
