package dev.lowpass.ir;

/**
 * A mistake in what the user gave us, as one line: {@code LP2103 features.3/expand: band of 50 coefficients, …}.
 *
 * <p>Codes are grouped: 1xxx import, 2xxx verify, 3xxx passes, 4xxx code generation, 6xxx learning, 7xxx command line.
 */
public final class LowpassException extends RuntimeException {
  private final String code;
  private final String place;

  public LowpassException(String code, String place, String message) {
    super(oneLine(code + " " + place + ": " + message));
    this.code = code;
    this.place = place;
  }

  public LowpassException(String code, String place, String message, Throwable cause) {
    this(code, place, message);
    initCause(cause);
  }

  /** Names from files may contain anything; line feeds and other control characters are escaped. */
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(c -> line.append(Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c)));
    return line.toString();
  }

  /** The code, for instance {@code LP2103}. */
  public String code() {
    return code;
  }

  /** The node, file or option that is at fault. */
  public String place() {
    return place;
  }
}
