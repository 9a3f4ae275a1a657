package dev.lowpass.codegen.build;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.tvm.Device;
import java.util.List;

/** What a test needs of the machine that it runs on; where that is missing, the test is skipped and says why. */
public final class RunsHere {
  private RunsHere() {}

  /** A processor that runs code for {@code target}. */
  public static void assume(CpuTarget target) {
    List<String> missing =
        target.requiredFlags().stream().filter(flag -> !Processor.features().contains(flag)).toList();
    assumeTrue(
        missing.isEmpty(),
        () -> "this processor lacks %s of %s".formatted(String.join(", ", missing), target.name()));
  }

  /** An OpenCL device. */
  public static void assumeOpenCl() {
    assumeTrue(Device.OPENCL.exists(), "no OpenCL device here; Debian's pocl-opencl-icd brings one");
  }
}
