package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.tvm.TvmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Runners of one library that take turns: its sizes, with memory and workers in common. For one thread at a time. */
public final class Runners implements AutoCloseable {
  private final KernelLibrary library;
  private final Workplace workplace;
  private final List<Runner> open = new ArrayList<>();

  /**
   * Makes room for any size of the library.
   *
   * @param workers who share an inference, the caller among them
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  public Runners(KernelLibrary library, int workers) {
    this.library = library;
    try {
      this.workplace = library.workplace(workers);
    } catch (TvmException e) {
      throw new LowpassRuntimeException(5022, library.place(), e.summary(), e);
    }
  }

  /**
   * Binds tensors of one size, each in the manifest's order. Closed with these runners.
   *
   * @param size counted from 0
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  public Runner bind(int size, Collection<Tensor> inputs, Collection<Tensor> outputs) {
    Runner runner = new Runner(library.code(size), workplace, inputs, outputs);
    open.add(runner);
    return runner;
  }

  /** Ends the workers and frees the memory. To be called once, with nothing running. */
  @Override
  public void close() {
    open.forEach(Runner::close);
    workplace.close();
  }
}
