package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;

/** How a session calls the code of its artifact. For one thread at a time. */
sealed interface Execution extends AutoCloseable permits HostExecution, DeviceExecution {
  /**
   * Runs {@code task} where native calls may be made.
   *
   * @throws LowpassRuntimeException LP5022 with what TVM reported
   */
  void within(Runnable task);

  /** {@link #within} only: runs steps {@code first} to {@code end}, exclusive: all of them, or one. */
  void steps(int first, int end);

  @Override
  void close();
}
