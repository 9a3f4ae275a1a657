package dev.lowpass.codegen.build;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads on which TVM may recurse through large trees. A default Java stack overflows into a crash of the process,
 * without a report. The memory is reserved, not committed.
 */
public final class DeepStack {
  static final ThreadFactory THREADS = task -> new Thread(null, task, "lowpass-compile", 512L << 20);

  private DeepStack() {}

  /** What {@code work} returns or throws, on such a thread. */
  public static <T> T call(Supplier<T> work) {
    Outcome<T> outcome = new Outcome<>(work);
    Thread thread = THREADS.newThread(outcome);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return outcome.get();
  }

  private static final class Outcome<T> implements Runnable {
    private final Supplier<T> work;
    private @Nullable T value;
    private @Nullable Throwable failure;

    Outcome(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        value = work.get();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    T get() {
      return switch (failure) {
        case null -> Objects.requireNonNull(value);
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case Throwable other -> throw new IllegalStateException(other);
      };
    }
  }
}
