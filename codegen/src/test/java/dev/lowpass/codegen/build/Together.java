package dev.lowpass.codegen.build;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Several workers at once, each on a thread of its own. */
public final class Together {
  private Together() {}

  /** Runs {@code part} for workers 0 to {@code workers}, exclusive, and waits for all; a failure of any is thrown. */
  public static void run(int workers, IntConsumer part) {
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        int worker = i;
        parts.add(threads.submit(() -> part.accept(worker)));
      }
      for (Future<?> each : parts) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
