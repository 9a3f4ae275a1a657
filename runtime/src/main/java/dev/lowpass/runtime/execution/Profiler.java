package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.TvmObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Times the steps of an inference, always in their order: each then finds its weights as far away as in a whole run.
 *
 * @param tensors the arguments of the model's native calls
 */
record Profiler(
    KernelCode code, Execution execution, Arena arena, DeviceTensor[] tensors, int workers, int runs) {
  /** To be called {@link Execution#within}. */
  Profile measure(List<String> names) {
    arena.upload();
    double[] whole = steps(names.size());
    double[][] shares = shares(names.size());
    // Steps and shares in order are inferences: who looks at the outputs finds them, on a device as on the processor.
    arena.download();
    List<Profile.Step> steps = new ArrayList<>();
    for (int step = 0; step < whole.length; step++) {
      List<Double> own = Arrays.stream(shares[step]).boxed().toList();
      steps.add(new Profile.Step(names.get(step), whole[step], own));
    }
    return new Profile(steps);
  }

  /** Microseconds of each step. */
  private double[] steps(int count) {
    double[][] times = new double[count][runs];
    for (int run = 0; run < runs; run++) {
      for (int step = 0; step < count; step++) {
        int chosen = step;
        times[step][run] = time(() -> execution.steps(chosen, chosen + 1));
      }
    }
    return Arrays.stream(times).mapToDouble(Profiler::median).toArray();
  }

  /** Microseconds of each step's shares, by worker; no shares where there is nothing to compare. */
  private double[][] shares(int count) {
    Optional<TvmObject> share = workers == 1 ? Optional.empty() : code.share();
    if (share.isEmpty()) {
      return new double[count][0];
    }
    double[][][] times = new double[count][workers][runs];
    try (TvmObject function = share.get()) {
      ArgumentList call = new ArgumentList(function, new int[3], tensors, workers);
      for (int run = 0; run < runs; run++) {
        for (int step = 0; step < count; step++) {
          for (int phase = 0; phase < Manifest.MOST_PHASES; phase++) {
            for (int turn = 0; turn < workers; turn++) {
              // Whoever comes second finds weights in the cache that the first brought there.
              int worker = (turn + run) % workers;
              call.set(0, step);
              call.set(1, phase);
              call.set(2, worker);
              times[step][worker][run] += time(call::call);
            }
          }
        }
      }
    }
    return Arrays.stream(times)
        .map(step -> Arrays.stream(step).mapToDouble(Profiler::median).toArray())
        .toArray(double[][]::new);
  }

  private double time(Runnable call) {
    long start = System.nanoTime();
    call.run();
    arena.finish();
    return (System.nanoTime() - start) / 1e3;
  }

  static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
