package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Tensor;
import java.util.Collection;

/** Runners of one library that take turns: its sizes, with memory and workers in common. For one thread at a time. */
public sealed interface Runners extends AutoCloseable permits TvmRunners, CudaRunners {
  /** The bytes that tensors to be bound begin at multiples of, and are filled up to: a power of two. */
  int alignment();

  /**
   * Binds tensors of one size, each in the manifest's order. Closed with these runners.
   *
   * @param size counted from 0
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  Runner bind(int size, Collection<Tensor> inputs, Collection<Tensor> outputs);

  /** Ends the workers and frees the memory; once more is harmless. Nothing may be running. */
  @Override
  void close();
}
