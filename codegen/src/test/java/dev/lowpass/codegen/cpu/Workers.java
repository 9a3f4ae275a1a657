package dev.lowpass.codegen.cpu;

import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.NativeModule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Steps of a built library, run by several workers at once. */
final class Workers {
  private Workers() {}

  /** Runs steps {@code first} to {@code end}, exclusive. */
  static void run(NativeModule module, DeviceTensor[] tensors, int workers, int first, int end) {
    new ArgumentList(module.function("lowpass_reset"), tensors, workers).call();
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        int[] asked = {first, end, worker};
        parts.add(
            threads.submit(
                () -> new ArgumentList(module.function("lowpass_work"), asked, tensors, workers).call()));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
