package dev.lowpass.testsuite.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.tvm.Device;
import java.util.List;
import java.util.stream.Stream;

/** What a test needs of the machine that it runs on; where that is missing, the test is skipped and says why. */
public final class RunsHere {
  private RunsHere() {}

  /** A processor or device that runs code for {@code target}, as a user names it. */
  public static void assume(String target) {
    if (target.equals("opencl")) {
      assumeTrue(Device.OPENCL.exists(), "no OpenCL device here; Debian's pocl-opencl-icd brings one");
    }
    CpuTarget.ALL.stream().filter(processor -> target.equals("cpu:" + processor.name())).forEach(RunsHere::assume);
  }

  /** Those of {@code targets} whose code runs here, for laws; tests had better {@link #assume}, which says what lacks. */
  static List<String> targets(String... targets) {
    return Stream.of(targets)
        .filter(
            target ->
                CpuTarget.ALL.stream()
                    .filter(processor -> target.equals("cpu:" + processor.name()))
                    .allMatch(processor -> missing(processor).isEmpty()))
        .toList();
  }

  private static List<String> missing(CpuTarget target) {
    return target.requiredFlags().stream().filter(flag -> !Processor.features().contains(flag)).toList();
  }

  private static void assume(CpuTarget target) {
    List<String> missing = missing(target);
    assumeTrue(
        missing.isEmpty(),
        () -> "this processor lacks %s of %s".formatted(String.join(", ", missing), target.name()));
  }
}
