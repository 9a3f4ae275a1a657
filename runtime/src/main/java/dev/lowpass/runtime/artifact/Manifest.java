package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.TensorSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an artifact says about itself.
 *
 * @param steps names of the steps of an inference, in order
 * @param report what the compiler has to tell about its decisions: JSON, for {@code lowpass inspect}
 */
public record Manifest(
    Source model, Target target, Memory memory, List<String> steps, Build build, Map<String, Object> report) {
  /** Arenas are made of whole cache lines. */
  public static final int ARENA_ALIGNMENT = 64;

  /** Phases of a step at most, as {@code lowpass_share} counts them: its work, and what puts workers' results together. */
  public static final int MOST_PHASES = 2;

  public Manifest {
    steps = List.copyOf(steps);
    report = Collections.unmodifiableMap(new LinkedHashMap<>(report));
  }

  /**
   * The model that was compiled.
   *
   * @param name for messages
   * @param sha256 of its file, in hexadecimal
   * @param inputs in the order of the native call
   * @param outputs in the order of the native call
   */
  public record Source(String name, String sha256, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    /** @throws IllegalArgumentException for a name that is given twice */
    public Source {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      requireDistinct("input", inputs);
      requireDistinct("output", outputs);
    }

    private static void requireDistinct(String what, List<TensorSpec> specs) {
      if (specs.stream().map(TensorSpec::name).distinct().count() != specs.size()) {
        throw new IllegalArgumentException("two of the " + what + "s have one name");
      }
    }
  }

  /**
   * What the code runs on.
   *
   * @param name as given to the compiler, for example {@code cpu:x86-64-v4}
   * @param platform whose code it is, for example {@code linux-x86_64}
   * @param device where the kernels run
   * @param features of the processor that the code needs, as {@code /proc/cpuinfo} names them
   */
  public record Target(String name, String platform, DeviceKind device, List<String> features) {
    public Target {
      features = List.copyOf(features);
    }
  }

  /**
   * Sizes of the arenas, each a multiple of {@link #ARENA_ALIGNMENT}.
   *
   * @param parameterBytes of the parameters
   * @param scratchBytes of the part of the scratch arena that an inference's workers share
   * @param workerBytes of the part that comes after it once for each worker; may be zero
   */
  public record Memory(long parameterBytes, long scratchBytes, long workerBytes) {
    /** @throws IllegalArgumentException for arenas of a wrong size */
    public Memory {
      requireArena("parameters", parameterBytes);
      requireArena("scratch", scratchBytes);
      if (workerBytes != 0) {
        requireArena("scratch for each worker", workerBytes);
      }
    }

    private static void requireArena(String what, long bytes) {
      if (bytes < ARENA_ALIGNMENT || bytes % ARENA_ALIGNMENT != 0) {
        throw new IllegalArgumentException(what + " of " + bytes + " bytes; a positive multiple of " + ARENA_ALIGNMENT);
      }
    }
  }

  /**
   * How it was compiled.
   *
   * @param compiler name and version of what wrote the artifact
   * @param options with which it did
   */
  public record Build(String compiler, Map<String, String> options) {
    public Build {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }
}
