package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.cuda.CudaDevice;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is taken from a device. Closing gives it back in the reverse order, once. For one thread at a time. */
final class CudaHoldings implements AutoCloseable {
  private final CudaDevice device;
  private final Deque<Runnable> returns = new ArrayDeque<>();

  CudaHoldings(CudaDevice device) {
    this.device = device;
  }

  /** What {@link CudaDevice#allocate} gives, and for no bytes an address of its own as well. */
  long allocate(long bytes) {
    long address = device.allocate(Math.max(1, bytes));
    returns.push(() -> device.free(address));
    return address;
  }

  /** Pins what there is of {@code host}. */
  void pin(ByteBuffer host) {
    if (host.hasRemaining()) {
      device.pin(host);
      returns.push(() -> device.unpin(host));
    }
  }

  /** Kernels of a program. */
  CudaDevice.Program load(byte[] ptx) {
    CudaDevice.Program program = device.load(ptx);
    returns.push(program::close);
    return program;
  }

  /** Something to be done before what is held now is given back. */
  void onClose(Runnable task) {
    returns.push(task);
  }

  @Override
  public void close() {
    while (!returns.isEmpty()) {
      returns.pop().run();
    }
  }
}
