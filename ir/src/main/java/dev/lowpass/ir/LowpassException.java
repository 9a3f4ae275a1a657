package dev.lowpass.ir;

/**
 * A mistake in what the user gave us, as one line: {@code LP2103 features.3/expand: band of 50 coefficients, …}. Its
 * length is bounded, and it prints as it is, whatever names it quotes.
 *
 * <p>Codes are grouped: 1xxx import, 2xxx verify, 3xxx passes, 4xxx code generation, 6xxx learning, 7xxx command line.
 */
public final class LowpassException extends RuntimeException {
  /** Characters that a path may have, and names of layers do not come near. */
  private static final int LONGEST_PLACE = 1000;

  private static final int LONGEST_PROBLEM = 3000;

  private final String code;
  private final String place;
  private final String problem;

  public LowpassException(String code, String place, String message) {
    super(code + " " + Printable.oneLine(place, LONGEST_PLACE) + ": " + Printable.oneLine(message, LONGEST_PROBLEM));
    this.code = code;
    this.place = place;
    this.problem = message;
  }

  public LowpassException(String code, String place, String message, Throwable cause) {
    this(code, place, message);
    initCause(cause);
  }

  /** The code, for instance {@code LP2103}. */
  public String code() {
    return code;
  }

  /** The node, file or option that is at fault. */
  public String place() {
    return place;
  }

  /** What is wrong there: the message without code and place. */
  public String problem() {
    return problem;
  }
}
