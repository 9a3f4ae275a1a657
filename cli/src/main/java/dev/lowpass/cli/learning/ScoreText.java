package dev.lowpass.cli.learning;

import dev.lowpass.cli.report.Quantity;
import dev.lowpass.learn.judge.Score;
import java.util.Locale;

/** What a score says of a model that classifies, or of one that does not: the latter has nothing to agree on. */
final class ScoreText {
  private ScoreText() {}

  static String of(Score score, boolean classifies) {
    if (!classifies) {
      return String.format(Locale.ROOT, "relative error %.4f", score.loss());
    }
    String agreement = Quantity.percent(score.agreement());
    String lost = score.labelled() > 0 ? String.format(Locale.ROOT, ", %.2f points lost", score.pointsLost()) : "";
    return String.format(Locale.ROOT, "KL %.4f, agreement %s%s", score.loss(), agreement, lost);
  }
}
