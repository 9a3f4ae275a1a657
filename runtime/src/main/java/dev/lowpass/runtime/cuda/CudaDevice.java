package dev.lowpass.runtime.cuda;

import dev.lowpass.runtime.artifact.KernelLaunch;
import java.util.List;

/**
 * A device with memory of its own, where work is done in the order in which it is given, and not waited for unless it says
 * so. Addresses are the device's and admit arithmetic; those of the host are of memory that stays where it is. Whatever the
 * driver refuses is a {@link CudaException}. For any thread, one at a time.
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

  /** Makes host memory such that copies to and from it need no detour. */
  void pin(long host, long bytes);

  /** Undoes {@link #pin}. */
  void unpin(long host);

  /** Begins to copy to the device. */
  void upload(long address, long host, long bytes);

  /** Begins to copy to the host. */
  void download(long host, long address, long bytes);

  /** Kernels of a program in PTX, which the driver compiles. */
  Program load(byte[] ptx);

  /** Waits until all is done that was given. */
  void finish();

  @Override
  void close();

  /** Kernels in the device's memory. */
  interface Program extends AutoCloseable {
    /** Begins one launch. */
    void launch(Call call);

    /** Calls one after the other, made ready to be launched together. */
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
