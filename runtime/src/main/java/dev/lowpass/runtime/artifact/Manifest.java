package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.TensorSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an artifact says about itself.
 *
 * @param name of the model, for messages
 * @param compiler name and version of what wrote the artifact
 * @param target as given to the compiler, for example {@code cpu:x86-64-v4}
 * @param platform whose code it holds, for example {@code linux-x86_64}
 * @param device where the kernels run: {@code cpu}, {@code opencl} or {@code cuda}
 * @param features of the processor that the code needs, as {@code /proc/cpuinfo} names them
 * @param inputs in the order of the native call
 * @param outputs in the order of the native call
 * @param parameterBytes size of the parameter arena, a multiple of 64
 * @param scratchBytes size of the part of the scratch arena that an inference's workers share, a multiple of 64
 * @param workerScratchBytes size of the part that comes after it once for each worker, a multiple of 64 or zero
 * @param steps names of the steps of an inference, in order
 * @param modelSha256 of the source model's file, in hexadecimal
 * @param options with which it was compiled
 * @param report what the compiler has to tell about its decisions: JSON, for {@code lowpass inspect}
 */
public record Manifest(
    String name,
    String compiler,
    String target,
    String platform,
    String device,
    List<String> features,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    long parameterBytes,
    long scratchBytes,
    long workerScratchBytes,
    List<String> steps,
    String modelSha256,
    Map<String, String> options,
    Map<String, Object> report) {
  /** Arenas are made of whole cache lines. */
  public static final int ARENA_ALIGNMENT = 64;

  /** Phases of a step at most, as {@code lowpass_share} counts them: its work, and what puts workers' results together. */
  public static final int MOST_PHASES = 2;

  /** @throws IllegalArgumentException for arenas of a wrong size, an unknown device, or a name that is given twice */
  public Manifest {
    features = List.copyOf(features);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    steps = List.copyOf(steps);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    report = Collections.unmodifiableMap(new LinkedHashMap<>(report));
    requireArena("parameters", parameterBytes);
    requireArena("scratch", scratchBytes);
    if (workerScratchBytes != 0) {
      requireArena("scratch for each worker", workerScratchBytes);
    }
    if (!List.of("cpu", "opencl", "cuda").contains(device)) {
      throw new IllegalArgumentException("device '" + device + "' is none of cpu, opencl, cuda");
    }
    requireDistinct("input", inputs);
    requireDistinct("output", outputs);
  }

  private static void requireArena(String what, long bytes) {
    if (bytes < ARENA_ALIGNMENT || bytes % ARENA_ALIGNMENT != 0) {
      throw new IllegalArgumentException(what + " of " + bytes + " bytes; a positive multiple of " + ARENA_ALIGNMENT);
    }
  }

  private static void requireDistinct(String what, List<TensorSpec> specs) {
    if (specs.stream().map(TensorSpec::name).distinct().count() != specs.size()) {
      throw new IllegalArgumentException("two of the " + what + "s have one name");
    }
  }
}
