package dev.lowpass.testsuite.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.backend.Presence;
import java.util.List;
import java.util.stream.Stream;

/** What a test needs of the machine that it runs on; where that is missing, the test is skipped and says why. */
public final class RunsHere {
  private RunsHere() {}

  /** A processor or device that runs code for {@code target}, as a user names it. */
  public static void assume(String target) {
    if (Backends.parse(target).presence() instanceof Presence.Missing missing) {
      assumeTrue(false, () -> "%s: %s here; %s".formatted(target, missing.lack(), missing.remedy()));
    }
  }

  /** Those of {@code targets} whose code runs here, for laws; tests had better {@link #assume}, which says what lacks. */
  public static List<String> targets(String... targets) {
    return Stream.of(targets).filter(target -> Backends.parse(target).presence() instanceof Presence.Here).toList();
  }
}
