package dev.lowpass.cli.page;

/** What a step's work is for, by the words of its kind. */
enum StepForm {
  DENSE("dense", "dense"),
  LOWPASSED("frequency", "low-passed"),
  TRANSFORM("transform", "transforms");

  private final String style;
  private final String words;

  StepForm(String style, String words) {
    this.style = style;
    this.words = words;
  }

  /** Of a step as the manifest names it: its layers, and its kind in brackets at the end. */
  static StepForm of(String step) {
    String kind = step.substring(step.lastIndexOf('[') + 1);
    if (kind.contains("banded") || kind.contains("spectral")) {
      return LOWPASSED;
    }
    return kind.contains("dct") ? TRANSFORM : DENSE;
  }

  String style() {
    return style;
  }

  String words() {
    return words;
  }
}
