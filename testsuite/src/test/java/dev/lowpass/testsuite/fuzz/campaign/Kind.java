package dev.lowpass.testsuite.fuzz.campaign;

import java.util.Locale;

/** What is damaged. */
enum Kind {
  ONNX,
  ARTIFACT,
  BANDS,
  IR;

  static Kind parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
