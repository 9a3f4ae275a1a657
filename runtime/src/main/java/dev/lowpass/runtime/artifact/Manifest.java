package dev.lowpass.runtime.artifact;

import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.TensorSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an artifact says about itself.
 *
 * @param sizes for which it has code, at least one; they take and give the same names and types, and no two take the
 *     same shapes
 */
public record Manifest(Source model, Target target, List<Size> sizes, Build build) {
  /** Arenas are made of whole cache lines. */
  public static final int ARENA_ALIGNMENT = 64;

  /** No machine has more, and sums for any number of workers and sizes are numbers still. */
  private static final long LARGEST_ARENA = 1L << 46;

  /** Phases of a step at most, as {@code lowpass_share} counts them: its work, and what puts workers' results together. */
  public static final int MOST_PHASES = 2;

  /** @throws IllegalArgumentException for sizes that are not of one model, or cannot be told apart */
  public Manifest {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.size() > FileLayout.MAX_SIZES) {
      throw new IllegalArgumentException(sizes.size() + " sizes; 1 to " + FileLayout.MAX_SIZES);
    }
    requireOneModel(sizes);
    requireDistinct(sizes);
    requireGrowing(sizes);
  }

  private static void requireOneModel(List<Size> sizes) {
    Size first = sizes.get(0);
    for (Size size : sizes) {
      if (!tensors(size.inputs()).equals(tensors(first.inputs()))
          || !tensors(size.outputs()).equals(tensors(first.outputs()))) {
        throw new IllegalArgumentException("its sizes have other inputs or outputs than each other");
      }
    }
  }

  private record Tensor(String name, ElementType type) {}

  private static List<Tensor> tensors(List<TensorSpec> specs) {
    return specs.stream().map(spec -> new Tensor(spec.name(), spec.type())).toList();
  }

  private static void requireDistinct(List<Size> sizes) {
    Set<List<TensorSpec>> seen = new LinkedHashSet<>();
    for (Size size : sizes) {
      if (!seen.add(size.inputs())) {
        throw new IllegalArgumentException("two of its sizes take the same: " + size.inputs());
      }
    }
  }

  private static void requireGrowing(List<Size> sizes) {
    for (int i = 1; i < sizes.size(); i++) {
      if (sizes.get(i).memory().parameterBytes() < sizes.get(i - 1).memory().parameterBytes()) {
        throw new IllegalArgumentException("one of its sizes reads fewer parameters than one before it");
      }
    }
  }

  /** The size that is there always, and that stands for the artifact where nothing is said of sizes. */
  public Size first() {
    return sizes.get(0);
  }

  /** Bytes of all parameters: those that the last size reads. */
  public long parameterBytes() {
    return sizes.get(sizes.size() - 1).memory().parameterBytes();
  }

  /**
   * The model that was compiled.
   *
   * @param name for messages
   * @param sha256 of its file, in hexadecimal
   */
  public record Source(String name, String sha256) {}

  /**
   * What there is for one size of inputs.
   *
   * @param inputs in the order of the native call
   * @param outputs in the order of the native call
   * @param steps names of the steps of an inference, in order
   * @param launches what the steps are made of where this runtime launches them itself, in the order of the steps; none
   *     where the code does
   * @param report what the compiler has to tell about its decisions: JSON, for {@code lowpass inspect}
   */
  public record Size(
      List<TensorSpec> inputs,
      List<TensorSpec> outputs,
      Memory memory,
      List<String> steps,
      List<KernelLaunch> launches,
      Map<String, Object> report) {
    /** @throws IllegalArgumentException for a name that is given twice, or a launch that reaches beyond what there is */
    public Size {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      steps = List.copyOf(steps);
      launches = List.copyOf(launches);
      report = Collections.unmodifiableMap(new LinkedHashMap<>(report));
      requireDistinct("input", inputs);
      requireDistinct("output", outputs);
      for (KernelLaunch launch : launches) {
        requireInside(launch, inputs.size(), outputs.size(), memory, steps.size());
      }
      requireInOrder(launches);
    }

    private static void requireInOrder(List<KernelLaunch> launches) {
      for (int i = 1; i < launches.size(); i++) {
        if (launches.get(i).step() < launches.get(i - 1).step()) {
          String what = launches.get(i).kernel() + " is of step " + launches.get(i).step();
          throw new IllegalArgumentException(what + ", but launched after step " + launches.get(i - 1).step());
        }
      }
    }

    private static void requireInside(KernelLaunch launch, int inputs, int outputs, Memory memory, int steps) {
      for (KernelLaunch.Argument argument : launch.arguments()) {
        boolean inside =
            switch (argument.area()) {
              case INPUT -> argument.index() < inputs && argument.offset() == 0;
              case OUTPUT -> argument.index() < outputs && argument.offset() == 0;
              case PARAMETERS -> argument.offset() < memory.parameterBytes();
              case SCRATCH -> argument.offset() < memory.scratchBytes();
            };
        if (!inside) {
          throw new IllegalArgumentException(launch.kernel() + " is given " + argument + ", which is not there");
        }
      }
      if (launch.step() >= steps) {
        throw new IllegalArgumentException(launch.kernel() + " is of step " + launch.step() + " of " + steps);
      }
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
   * @param parameterBytes of the parameters that the code sees. All sizes of an artifact have one arena of them, of which
   *     each sees what those before it see, and perhaps more
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
      if (bytes > LARGEST_ARENA) {
        throw new IllegalArgumentException(what + " of " + bytes + " bytes; at most " + LARGEST_ARENA);
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
