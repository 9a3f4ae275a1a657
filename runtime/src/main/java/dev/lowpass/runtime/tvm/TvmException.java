package dev.lowpass.runtime.tvm;

import java.util.List;
import java.util.stream.IntStream;

/** An error that TVM reported, with its own text; callers turn it into an error with a code and a place. */
public final class TvmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TvmException(String message) {
    super(message);
  }

  /**
   * The one line of TVM's text that says what went wrong: its messages carry a C++ backtrace around it. Where a device's
   * driver refuses code, the first line of its own log follows.
   */
  public String summary() {
    List<String> lines = getMessage().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    int told =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains("Error: ") || lines.get(i).contains("Check failed"))
            .findFirst()
            .orElse(0);
    if (lines.isEmpty()) {
      return "unknown error";
    }
    boolean hasLog = lines.get(told).contains(" build error for device") && told + 1 < lines.size();
    return hasLog ? lines.get(told) + ": " + lines.get(told + 1) : lines.get(told);
  }
}
