package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;

/** How a session calls the code of its artifact for one size. For one thread at a time. */
interface Execution extends AutoCloseable {
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
