package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaException;
import java.util.function.Supplier;

/**
 * A device that the sessions of a model take turns at: it is for one thread at a time. Thread-safe.
 *
 * @param place what messages name
 */
record CudaAccess(String place, CudaDevice device) {
  /** @throws LowpassRuntimeException LP5022 with what the driver refuses */
  <T> T make(Supplier<T> task) {
    synchronized (device) {
      try {
        return task.get();
      } catch (CudaException e) {
        throw new LowpassRuntimeException(5022, place, e.getMessage(), e);
      }
    }
  }

  /** As {@link #make}, for what gives nothing. */
  void run(Runnable task) {
    make(() -> {
      task.run();
      return true;
    });
  }
}
