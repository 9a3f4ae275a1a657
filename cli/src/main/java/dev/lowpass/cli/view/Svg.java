package dev.lowpass.cli.view;

import java.util.Locale;

/** The text of a picture, line by line. */
public final class Svg {
  private final StringBuilder text = new StringBuilder();

  /** A line of SVG; {@code format} is taken as it is where there are no {@code values}. */
  public void line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Words at a place; {@code anchor} is start, middle or end. */
  public void text(String style, double x, double y, String anchor, String words) {
    line("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", style, x, y, anchor, escaped(words));
  }

  /** Words as the content of an element. */
  public static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
