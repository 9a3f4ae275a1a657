package dev.lowpass.testsuite.fuzz.campaign;

/**
 * One damaged file; everything about it follows from these two.
 *
 * @param number counts trials, and is the seed
 */
record Trial(Kind kind, long number) {
  /** The trial written {@code onnx:17}. */
  static Trial parse(String text) {
    int colon = text.indexOf(':');
    return new Trial(Kind.parse(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return kind + ":" + number;
  }
}
