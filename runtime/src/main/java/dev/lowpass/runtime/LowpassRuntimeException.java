package dev.lowpass.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong while loading or running an artifact: one line of bounded length that prints as it is, {@code LPnnnn
 * place: message; remedy}.
 *
 * <p>The codes of this module:
 *
 * <table>
 *   <caption>Codes</caption>
 *   <tr><td>LP5001</td><td>an artifact cannot be read</td></tr>
 *   <tr><td>LP5002</td><td>an artifact is damaged, or is none</td></tr>
 *   <tr><td>LP5003</td><td>an artifact is of another format version</td></tr>
 *   <tr><td>LP5004</td><td>an artifact is for another target or processor</td></tr>
 *   <tr><td>LP5005</td><td>an artifact is not signed by a trusted key, or its signature does not fit</td></tr>
 *   <tr><td>LP5006</td><td>a file holds no public key</td></tr>
 *   <tr><td>LP5010</td><td>the native libraries cannot be loaded on this platform</td></tr>
 *   <tr><td>LP5020</td><td>an input or output has the wrong name, shape, type or size</td></tr>
 *   <tr><td>LP5021</td><td>a model or session was used after it was closed</td></tr>
 *   <tr><td>LP5022</td><td>native code, or a device's driver, reported an error</td></tr>
 *   <tr><td>LP5023</td><td>no device for the artifact's target, or nothing that drives it</td></tr>
 *   <tr><td>LP5030</td><td>a picture is none that is read, damaged, or too large</td></tr>
 *   <tr><td>LP5031</td><td>a picture cannot be brought to the size of an input</td></tr>
 * </table>
 */
public final class LowpassRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 2000;

  private final int code;
  private final String place;

  /**
   * @param code 5000 to 5999
   * @param place what the message is about: a file, a model, an input
   * @param message both sides of what does not fit, and after a semicolon a remedy where there is one
   */
  public LowpassRuntimeException(int code, String place, String message) {
    this(code, place, message, null);
  }

  /** The same, with what caused it. */
  public LowpassRuntimeException(
      int code, String place, String message, @Nullable Throwable cause) {
    super("LP%04d %s: %s".formatted(code, printable(place), printable(message)), cause);
    this.code = code;
    this.place = place;
  }

  /** The number after {@code LP}. */
  public int code() {
    return code;
  }

  /** What the message is about. */
  public String place() {
    return place;
  }

  /**
   * Text that may come from somebody else's artifact, as a part of a message: of bounded length, and with nothing in it
   * that begins another line, commands a terminal or turns the direction of writing around.
   */
  private static String printable(String text) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < text.length() && line.length() < LONGEST) {
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
