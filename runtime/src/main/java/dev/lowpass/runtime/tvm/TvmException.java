package dev.lowpass.runtime.tvm;

/** An error that TVM reported, with its own text; callers turn it into an error with a code and a place. */
public final class TvmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TvmException(String message) {
    super(message);
  }

  /** The one line of TVM's text that says what went wrong: its messages carry a C++ backtrace around it. */
  public String summary() {
    return getMessage()
        .lines()
        .map(String::strip)
        .filter(line -> line.contains("Error: ") || line.contains("Check failed"))
        .findFirst()
        .orElse(getMessage().lines().findFirst().orElse("unknown error"));
  }
}
