package dev.lowpass.runtime.cuda;

import dev.lowpass.runtime.artifact.KernelLaunch;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A device with memory of its own, where work is done in the order in which it is given, and not waited for unless it says
 * so. Addresses are the device's and admit arithmetic; memory of the host is a direct buffer between its position and its
 * limit, at least a byte, which whoever gives it keeps reachable until the work is done. Whatever the driver refuses is a
 * {@link CudaException}; nothing that gives something back is refused. For any thread, one at a time.
 */
public interface CudaDevice extends AutoCloseable {
  /** What it is. */
  CudaProperties properties();

  /**
   * Memory that holds anything, aligned to 256 bytes.
   *
   * @throws CudaException where there is not as much, saying how much there is
   */
  long allocate(long bytes);

  /** Gives back what {@link #allocate} gave. */
  void free(long address);

  /** Makes host memory such that copies to and from it need no detour. No other memory may lie on its pages. */
  void pin(ByteBuffer host);

  /** Undoes {@link #pin}. */
  void unpin(ByteBuffer host);

  /** Begins to copy to the device. */
  void upload(long address, ByteBuffer host);

  /** Begins to copy to the host. */
  void download(ByteBuffer host, long address);

  /**
   * Kernels of a program in PTX, which the driver compiles. To be closed before the device.
   *
   * @throws CudaException where it does not compile, with the first line of what the compiler says
   */
  Program load(byte[] ptx);

  /** Waits until all is done that was given. */
  void finish();

  @Override
  void close();

  /** Kernels in the device's memory. */
  interface Program extends AutoCloseable {
    /**
     * Begins one launch.
     *
     * @throws CudaException where the program has no such kernel, or it has another number of parameters
     */
    void launch(Call call);

    /**
     * Calls one after the other, made ready to be launched together.
     *
     * @throws CudaException as {@link #launch}
     */
    Sequence sequence(List<Call> calls);

    @Override
    void close();
  }

  /** A launch with all that it needs. */
  record Call(String kernel, KernelLaunch.Extent groups, KernelLaunch.Extent items, List<Long> pointers) {
    public Call {
      pointers = List.copyOf(pointers);
    }
  }

  /** A graph of launches. To be closed before its program. */
  interface Sequence extends AutoCloseable {
    /** Begins all of them. */
    void launch();

    @Override
    void close();
  }
}
