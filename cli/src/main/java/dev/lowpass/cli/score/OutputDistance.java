package dev.lowpass.cli.score;

/** Adds up how far one output is from the reference's. */
final class OutputDistance {
  private final String output;
  private double differences;
  private double references;

  OutputDistance(String output) {
    this.output = output;
  }

  void add(float[] values, float[] reference) {
    for (int i = 0; i < values.length; i++) {
      double difference = (double) values[i] - reference[i];
      differences += difference * difference;
      references += (double) reference[i] * reference[i];
    }
  }

  /** Of equal outputs 0, also where both are zero. */
  Scoring.OutputError error() {
    double relative = differences == 0 ? 0 : Math.sqrt(differences / references);
    return new Scoring.OutputError(output, relative);
  }
}
