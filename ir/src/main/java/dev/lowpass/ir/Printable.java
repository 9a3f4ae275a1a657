package dev.lowpass.ir;

/**
 * Text on its way to a person. What comes from files may hold anything: line feeds that fake a second message, escape
 * sequences that command a terminal, marks that turn the direction of writing around (CVE-2021-42574), or megabytes.
 */
public final class Printable {
  private Printable() {}

  /** {@code text} on one line of at most {@code most} characters: what does not print is escaped, what is more cut. */
  public static String oneLine(String text, int most) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < text.length() && line.length() < most) {
      int c = text.codePointAt(at);
      append(line, c, prints(c));
      at += Character.charCount(c);
    }
    return at == text.length() ? line.toString() : line + "… (" + text.length() + " characters)";
  }

  /** {@code text} with line feeds and tabs, but nothing else that does not print. */
  public static String lines(String text) {
    if (text.codePoints().allMatch(c -> isLayout(c) || prints(c))) {
      return text;
    }
    StringBuilder lines = new StringBuilder();
    text.codePoints().forEach(c -> append(lines, c, isLayout(c) || prints(c)));
    return lines.toString();
  }

  private static boolean isLayout(int c) {
    return c == '\n' || c == '\t';
  }

  /** Appends {@code c}, as it is or as Java and JSON escape it. */
  public static void append(StringBuilder text, int c, boolean asItIs) {
    if (asItIs) {
      text.appendCodePoint(c);
    } else {
      for (char unit : Character.toChars(c)) {
        text.append("\\u%04x".formatted((int) unit));
      }
    }
  }

  /** Whether {@code c} is a character that one sees, or a space. */
  public static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
