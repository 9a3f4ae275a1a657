package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.tvm.TvmException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread that makes a session's calls to a device. Drivers and TVM keep queues and buffers for each thread that
 * ever called them, and TVM never gives its own back, not even with that thread. So calls are not made from any thread
 * at hand, and the threads of closed sessions are kept for sessions to come: a process has as many as it had sessions
 * open at once.
 */
final class NativeThread implements AutoCloseable {
  /** Kernels keep small arrays on the stack; Java's default of 1 MB is too little to rely on. */
  private static final long STACK_BYTES = 16L << 20;

  private static final Deque<ExecutorService> IDLE = new ConcurrentLinkedDeque<>();

  private final String place;
  private final ExecutorService executor;

  /** @param place what messages name */
  NativeThread(String place) {
    ExecutorService idle = IDLE.poll();
    this.place = place;
    this.executor = idle != null ? idle : Executors.newSingleThreadExecutor(NativeThread::newThread);
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(null, task, "lowpass-session", STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs {@code task} there and waits for it, through interrupts too: native code cannot be stopped half-way. A pending
   * interrupt is kept for the caller.
   *
   * @throws LowpassRuntimeException LP5022 with what TVM reported
   */
  void run(Runnable task) {
    Future<?> done = executor.submit(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          done.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private RuntimeException failure(Throwable cause) {
    if (cause instanceof TvmException e) {
      return new LowpassRuntimeException(5022, place, e.summary(), e);
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  /** To be called once, with nothing running. */
  @Override
  public void close() {
    IDLE.push(executor);
  }
}
