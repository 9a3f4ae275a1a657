package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceTensor;

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

  /** @param tensors the arguments of the model's native calls */
  static Execution of(KernelLibrary library, DeviceTensor[] tensors, int workers) {
    return library.device().kind() == Device.CPU.kind()
        ? new HostExecution(library, tensors, workers)
        : new DeviceExecution(library, tensors);
  }
}
