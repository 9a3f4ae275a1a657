package dev.lowpass.cli.doctor;

/**
 * One thing that was looked for.
 *
 * @param subject what it is
 * @param state how it stands
 * @param detail what was found, or what is missing
 * @param remedy what to do about it; empty where nothing is to be done
 */
public record Finding(String subject, State state, String detail, String remedy) {
  /** How a thing stands. */
  public enum State {
    /** There and usable. */
    FINE,
    /** Absent; something optional is not possible. */
    ABSENT,
    /** Wrong; the compiler or the runtime will not work. */
    BROKEN
  }

  static Finding fine(String subject, String detail) {
    return new Finding(subject, State.FINE, detail, "");
  }

  static Finding absent(String subject, String detail, String remedy) {
    return new Finding(subject, State.ABSENT, detail, remedy);
  }

  static Finding broken(String subject, String detail, String remedy) {
    return new Finding(subject, State.BROKEN, detail, remedy);
  }
}
