package dev.lowpass.codegen.build;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.CpuBackend;
import dev.lowpass.codegen.backend.OpenClBackend;
import dev.lowpass.codegen.backend.Presence;
import dev.lowpass.codegen.processor.CpuTarget;

/** What a test needs of the machine that it runs on; where that is missing, the test is skipped and says why. */
public final class RunsHere {
  private RunsHere() {}

  /** A processor that runs code for {@code target}. */
  public static void assume(CpuTarget target) {
    assume(new CpuBackend(target));
  }

  /** An OpenCL device. */
  public static void assumeOpenCl() {
    assume(new OpenClBackend(CpuTarget.ofThisMachine()));
  }

  private static void assume(Backend backend) {
    if (backend.presence() instanceof Presence.Missing missing) {
      assumeTrue(false, () -> "%s: %s here; %s".formatted(backend.name(), missing.lack(), missing.remedy()));
    }
  }
}
