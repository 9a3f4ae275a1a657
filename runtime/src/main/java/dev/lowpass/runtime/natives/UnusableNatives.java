package dev.lowpass.runtime.natives;

import dev.lowpass.runtime.LowpassRuntimeException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why natives do not load, in words for who runs the program. */
final class UnusableNatives extends Exception {
  /** Ends a message. */
  static final String REMEDY = "; set LOWPASS_CACHE to a folder that can be written, and from which code may be run";

  private static final long serialVersionUID = 1L;

  private final String place;
  private final String problem;
  private final boolean forbidden;

  /** @param problem what is wrong, and after a semicolon a remedy where there is one */
  UnusableNatives(String place, String problem, @Nullable Throwable cause) {
    this(place, problem, cause, false);
  }

  private UnusableNatives(String place, String problem, @Nullable Throwable cause, boolean forbidden) {
    super(place + ": " + problem, cause);
    this.place = place;
    this.problem = problem;
    this.forbidden = forbidden;
  }

  /** What the system's loader says of files in {@code folder}. */
  static UnusableNatives unloaded(Path folder, UnsatisfiedLinkError e) {
    String said = String.valueOf(e.getMessage());
    return SystemLoader.isForbidden(said)
        ? new UnusableNatives(folder.toString(), SystemLoader.FORBIDDEN, e, true)
        : new UnusableNatives("natives", SystemLoader.explained(said), e);
  }

  /** @param problems of each place, one after the other */
  static UnusableNatives noPlace(List<String> problems) {
    return new UnusableNatives("natives", "no place for them: " + String.join(", ", problems) + REMEDY, null);
  }

  /** Whether another place for the files would do. */
  boolean isForbidden() {
    return forbidden;
  }

  /** A fresh exception for each call that needs the natives. */
  LowpassRuntimeException toException() {
    return new LowpassRuntimeException(5010, place, problem, getCause());
  }
}
