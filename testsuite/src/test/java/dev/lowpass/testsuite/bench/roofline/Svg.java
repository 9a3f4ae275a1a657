package dev.lowpass.testsuite.bench.roofline;

import java.util.Locale;

/** The text of a picture, line by line. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  void line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Words at a place; {@code anchor} is start, middle or end. */
  void text(String style, double x, double y, String anchor, String words) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
    line("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", style, x, y, anchor, escaped);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
