package dev.lowpass.cli.score;

/**
 * Class scores as probabilities: taken as they are if none is negative and they add up to 1, else through a softmax.
 *
 * @param logs their natural logarithms
 */
record Probabilities(double[] logs) {
  /** How far the sum of probabilities in float32 may be from 1. */
  private static final double SUM_TOLERANCE = 1e-3;

  /** What stands for a probability that float32 rounded to 0, so that a divergence stays finite. */
  private static final double LEAST = 1e-12;

  static Probabilities of(float[] scores) {
    return arePossible(scores) ? ofProbabilities(scores) : ofLogits(scores);
  }

  private static boolean arePossible(float[] scores) {
    double sum = 0;
    for (float score : scores) {
      if (!(score >= 0)) {
        return false;
      }
      sum += score;
    }
    return Math.abs(sum - 1) <= SUM_TOLERANCE;
  }

  private static Probabilities ofProbabilities(float[] scores) {
    double[] logs = new double[scores.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(Math.max(scores[i], LEAST));
    }
    return new Probabilities(logs);
  }

  private static Probabilities ofLogits(float[] scores) {
    double most = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - most);
    }
    double logOfSum = most + Math.log(sum);
    double[] logs = new double[scores.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = scores[i] - logOfSum;
    }
    return new Probabilities(logs);
  }

  /** The Kullback-Leibler divergence KL(this || other) in nats: what is lost where {@code other} stands for this. */
  double divergence(Probabilities other) {
    double sum = 0;
    for (int i = 0; i < logs.length; i++) {
      double probability = Math.exp(logs[i]);
      // An impossible class counts for nothing, whatever the other says of it.
      sum += probability > 0 ? probability * (logs[i] - other.logs[i]) : 0;
    }
    return sum;
  }
}
