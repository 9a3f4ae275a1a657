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
 *   <tr><td>LP5010</td><td>the native libraries cannot be loaded on this platform</td></tr>
 *   <tr><td>LP5020</td><td>an input or output has the wrong name, shape, type or size</td></tr>
 *   <tr><td>LP5021</td><td>a model or session was used after it was closed</td></tr>
 *   <tr><td>LP5022</td><td>native code reported an error</td></tr>
 *   <tr><td>LP5023</td><td>no device for the artifact's target</td></tr>
 * </table>
 */
public final class LowpassRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
    super("LP%04d %s: %s".formatted(code, OneLine.of(place), OneLine.of(message)), cause);
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
}
