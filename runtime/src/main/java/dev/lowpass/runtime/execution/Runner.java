package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Tensor;

/**
 * The code of one size bound to tensors, which stay the same from inference to inference. For one thread at a time; of
 * the runners of one {@link Runners} one runs at a time.
 */
public sealed interface Runner extends AutoCloseable permits TvmRunner, CudaRunner {
  /** Why a device's runner binds no other tensor. */
  String COPIED = "a device's tensors are copied from and to memory that is bound once: copy into it, or bind the device's own";

  /**
   * One inference, from and to the bound tensors.
   *
   * @throws LowpassRuntimeException LP5020 where an output is bound to memory of another tensor; LP5022 where native code
   *     fails
   */
  void run();

  /**
   * Times each step of an inference by itself, and on the processor each worker's share of it.
   *
   * @param runs how often, at least 1
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  Profile profile(int runs);

  /**
   * Has an input read from the device's own memory, and no longer from its tensor.
   *
   * @param input counted from 0
   * @param address a multiple of 64
   * @throws LowpassRuntimeException LP5020 where the tensors are not copied to a device whose addresses are known
   */
  void bindInput(int input, long address);

  /** As {@link #bindInput(int, long)}, of an output that is to be written there. */
  void bindOutput(int output, long address);

  /**
   * Has an input read in place from another tensor than that which was bound, of the same type and shape; it must stay
   * reachable.
   *
   * @param input counted from 0
   * @throws LowpassRuntimeException LP5020 where tensors are copied to a device
   */
  void bindInput(int input, Tensor tensor);

  /** As {@link #bindInput(int, Tensor)}, of an output that is to be written there. */
  void bindOutput(int output, Tensor tensor);

  /** Gives back what is bound; once more is harmless. Nothing may be running. */
  @Override
  void close();
}
