package dev.lowpass.runtime.natives;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What glibc's loader says where a library does not load, and what that means to who runs the program. */
final class SystemLoader {
  private static final Pattern GLIBC = Pattern.compile("version [`'](GLIBC_[0-9.]+)' not found");

  /** What may not be is to run code; see {@link #isForbidden}. */
  static final String FORBIDDEN = "code may not be run from there (noexec?)";

  /** Of a process whose C library is another one. */
  static final String MUSL =
      "need glibc, and this system's C library is musl (Alpine); run on a system or in an image with glibc, such as Debian";

  private SystemLoader() {}

  /** Whether the file lies where code may not be run, as on a file system that is mounted noexec. */
  static boolean isForbidden(String problem) {
    return problem.contains("failed to map segment") || problem.contains("Operation not permitted");
  }

  /** In our words where we have better ones; else its first line. */
  static String explained(String problem) {
    Matcher version = GLIBC.matcher(problem);
    if (version.find()) {
      String needed = version.group(1).replace('_', ' ').replace("GLIBC", "glibc");
      return "need " + needed + " or newer, and this system's is older; run on a newer system or in an image of one";
    }
    return problem.lines().findFirst().orElse("do not load");
  }
}
