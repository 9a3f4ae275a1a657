package dev.lowpass.runtime.execution;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do one thing together: whoever calls, and workers of this crew's own. After its part a worker looks out
 * for the next one in a loop for a moment, so that calls in a row do not pay for waking it, and then sleeps: a session
 * that nobody uses takes no processor from others. For one caller at a time.
 */
final class Crew implements AutoCloseable {
  private static final long AWAKE_NANOS = 200_000;
  private static final int LOOKS_A_CLOCK_READING = 64;

  /** What is to be done: each worker's part of it. */
  interface Work {
    void part(int worker);
  }

  private final Thread[] others;
  private final AtomicInteger busy = new AtomicInteger();

  /** What the turn is about; written before {@link #turn} is, and so seen by who sees that. */
  private @Nullable Work work;

  /** Counts calls: a new number starts the others. */
  private volatile int turn;

  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /** @param workers how many do what there is to do, the caller among them */
  Crew(int workers) {
    this.others = new Thread[workers - 1];
    for (int i = 0; i < others.length; i++) {
      int worker = i + 1;
      others[i] = new Thread(() -> serve(worker), "lowpass-worker-" + worker);
      others[i].setDaemon(true);
    }
    for (Thread other : others) {
      other.start();
    }
  }

  /** How many workers there are, the caller among them. */
  int workers() {
    return others.length + 1;
  }

  /** Does the work with all workers, and returns when all are done. What a part throws, this throws. */
  void run(Work given) {
    work = given;
    busy.set(others.length);
    turn++;
    for (Thread other : others) {
      LockSupport.unpark(other);
    }
    try {
      given.part(0);
    } finally {
      while (busy.get() != 0) {
        Thread.onSpinWait();
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
  }

  private void serve(int worker) {
    for (int done = 0; ; done++) {
      await(done);
      if (closed) {
        return;
      }
      try {
        Objects.requireNonNull(work).part(worker);
      } catch (Throwable e) {
        failure = e;
      } finally {
        busy.decrementAndGet();
      }
    }
  }

  /** Until there is a turn after {@code done}. */
  private void await(int done) {
    long start = System.nanoTime();
    for (int looks = 1; turn == done; looks++) {
      Thread.onSpinWait();
      if (looks % LOOKS_A_CLOCK_READING == 0 && System.nanoTime() - start > AWAKE_NANOS) {
        LockSupport.park(this);
      }
    }
  }

  /** Ends the workers. */
  @Override
  public void close() {
    closed = true;
    turn++;
    for (Thread other : others) {
      LockSupport.unpark(other);
    }
  }
}
