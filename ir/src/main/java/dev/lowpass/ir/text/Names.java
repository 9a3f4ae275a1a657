package dev.lowpass.ir.text;

import dev.lowpass.ir.Printable;
import java.util.regex.Pattern;

/**
 * How names and strings are written: plainly where the grammar takes them so, else in double quotes with backslash
 * escapes.
 */
public final class Names {
  private static final Pattern PLAIN = Pattern.compile("([/:-]?[A-Za-z0-9_.])+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]([/:-]?[A-Za-z0-9_.])*");

  /** Words that mean something else to the grammar, and numbers that look like words. */
  private static final Pattern RESERVED =
      Pattern.compile("graph|loc|constant|random|seed|splat|in|dct|inf|Infinity|nan|NaN");

  private Names() {}

  /** A name after a sign: {@code %conv1/out:0}, {@code %"odd name"}. */
  static String signed(char sign, String name) {
    return sign + (PLAIN.matcher(name).matches() ? name : quote(name));
  }

  /** A name without a sign, such as an output's. */
  static String unsigned(String name) {
    return WORD.matcher(name).matches() && !RESERVED.matcher(name).matches() ? name : quote(name);
  }

  /** {@code text} in quotes on one line: quotes, backslashes and what does not print are escaped. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    switch (c) {
      case '"', '\\' -> quoted.append('\\').append((char) c);
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      default -> Printable.append(quoted, c, Printable.prints(c));
    }
  }

  /**
   * The text that {@code literal}, quotes included, stands for.
   *
   * @throws IllegalArgumentException at an escape other than {@code \" \\ \n \r \t} and {@code \}{@code uXXXX}
   */
  static String unquote(String literal) {
    StringBuilder text = new StringBuilder();
    int end = literal.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = literal.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = literal.charAt(++i);
      switch (escaped) {
        case '"', '\\' -> text.append(escaped);
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append(unit(literal, i + 1, end));
          i += 4;
        }
        default ->
            throw new IllegalArgumentException(
                "escape \\" + escaped + " in a string; there are \\\" \\\\ \\n \\r \\t \\u");
      }
    }
    return text.toString();
  }

  private static char unit(String literal, int from, int end) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < end ? Character.digit(literal.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new IllegalArgumentException("\\u in a string takes four hexadecimal digits");
      }
      unit = 16 * unit + digit;
    }
    return (char) unit;
  }
}
