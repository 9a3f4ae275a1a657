package dev.lowpass.runtime;

/**
 * Text that may come from an artifact of somebody else's, as a part of a message: on one line, of bounded length, and
 * with nothing in it that commands a terminal or turns the direction of writing around.
 */
final class OneLine {
  private static final int MOST = 2000;

  private OneLine() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < text.length() && line.length() < MOST) {
      int c = text.codePointAt(at);
      if (prints(c)) {
        line.appendCodePoint(c);
      } else {
        for (char unit : Character.toChars(c)) {
          line.append(String.format("\\u%04x", (int) unit));
        }
      }
      at += Character.charCount(c);
    }
    return at == text.length() ? line.toString() : line + "… (" + text.length() + " characters)";
  }

  private static boolean prints(int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.SURROGATE:
      case Character.PRIVATE_USE:
      case Character.UNASSIGNED:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
        return false;
      default:
        return true;
    }
  }
}
