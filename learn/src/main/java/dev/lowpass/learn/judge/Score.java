package dev.lowpass.learn.judge;

/**
 * What a changed network answers beside the whole one.
 *
 * @param pictures how many were looked at
 * @param loss the mean of {@link dev.lowpass.learn.answer.Answer#loss}: divergence of classes, or relative error
 * @param agreeing pictures whose best class is the same; 0 where nothing is classified
 * @param labelled pictures whose class is known
 * @param right of these, how many the changed network has right
 * @param wholeRight how many the whole one has right
 * @param surprise of these, negative logarithms of the probability that the changed network gives the class, added up
 */
public record Score(
    int pictures, double loss, int agreeing, int labelled, int right, int wholeRight, double surprise) {
  /** The part of pictures whose best class is the same, 0 to 1. */
  public double agreement() {
    return agreeing / (double) pictures;
  }

  /** Of pictures whose class is known the part that the changed network has right, 0 to 1; not a number without any. */
  public double accuracy() {
    return right / (double) labelled;
  }

  /** The mean over pictures whose class is known, in nats; not a number without any. */
  public double crossEntropy() {
    return surprise / labelled;
  }

  /** Points of accuracy lost, where classes are known; else points of agreement lost. */
  public double pointsLost() {
    return labelled > 0 ? 100.0 * (wholeRight - right) / labelled : 100 * (1 - agreement());
  }

  /** Both scores together. */
  Score plus(Score other) {
    int all = pictures + other.pictures;
    double sum = loss * pictures + other.loss * other.pictures;
    return new Score(
        all,
        all == 0 ? 0 : sum / all,
        agreeing + other.agreeing,
        labelled + other.labelled,
        right + other.right,
        wholeRight + other.wholeRight,
        surprise + other.surprise);
  }
}
