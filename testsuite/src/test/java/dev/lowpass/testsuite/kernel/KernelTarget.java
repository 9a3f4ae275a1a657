package dev.lowpass.testsuite.kernel;

import dev.lowpass.codegen.backend.Backends;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target of the kernel files and what it cannot do.
 *
 * @param tolerance relative L2 error of an output
 * @param refusals by graph, {@code pooling.lpt/means}, or {@link #EVERYTHING}: how the message begins
 */
record KernelTarget(String name, double tolerance, Map<String, String> refusals) {
  /** In place of a graph's name: all of them. */
  private static final String EVERYTHING = "*";

  /** Drivers of devices have functions of their own, a little less exact. */
  private static final double OF_DEVICES = 1e-5;

  static final List<KernelTarget> ALL =
      List.of(
          new KernelTarget("cpu", CompiledGraph.TOLERANCE, Map.of()),
          new KernelTarget("cpu:x86-64-v3", CompiledGraph.TOLERANCE, Map.of()),
          new KernelTarget(
              "cpu:x86-64-v2",
              CompiledGraph.TOLERANCE,
              Map.of(EVERYTHING, "LP4010 cpu:x86-64-v2: is no target: without fused multiply-add")),
          new KernelTarget("opencl", OF_DEVICES, Map.of("functions.lpt/remainders", "LP4001 ")),
          new KernelTarget("cuda", OF_DEVICES, Map.of("functions.lpt/remainders", "LP4001 ")));

  /** Whether a driver translates all kernels of an artifact at once; TVM's runtime for OpenCL has one at a time. */
  boolean isOneProgram() {
    return name.equals("cuda");
  }

  /** Whether the first target, this machine's processor, means this one here, so that nothing new would be tried. */
  boolean repeatsTheFirst() {
    return this != ALL.getFirst() && Backends.parse(ALL.getFirst().name).name().equals(name);
  }

  Optional<String> refusal(String graph) {
    return Optional.ofNullable(refusals.getOrDefault(graph, refusals.get(EVERYTHING)));
  }
}
