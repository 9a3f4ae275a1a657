package dev.lowpass.codegen.check;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The thread that makes all calls to devices here. Drivers and TVM keep queues and buffers for each thread that ever
 * called them, and some of them crash where such a thread ends: this one does not.
 */
final class DeviceThread {
  /** Drivers that run on the processor keep arrays of kernels on the stack. */
  private static final long STACK_BYTES = 16L << 20;

  private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(DeviceThread::newThread);

  private DeviceThread() {}

  private static Thread newThread(Runnable task) {
    return Thread.ofPlatform().name("lowpass-check").daemon().stackSize(STACK_BYTES).unstarted(task);
  }

  /** Runs {@code task} there and waits for it, through interrupts too, which are kept for the caller. */
  static void run(Runnable task) {
    Future<?> done = THREAD.submit(task);
    boolean interrupted = false;
    while (true) {
      try {
        done.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
