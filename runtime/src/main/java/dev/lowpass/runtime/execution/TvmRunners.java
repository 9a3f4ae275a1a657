package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.TvmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Runners of what TVM compiled. */
final class TvmRunners implements Runners {
  private final TvmLibrary library;
  private final Workplace workplace;
  private final List<TvmRunner> open = new ArrayList<>();
  private boolean closed;

  /**
   * Makes room for any size of the library.
   *
   * @param workers who share an inference, the caller among them
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  TvmRunners(TvmLibrary library, int workers) {
    this.library = library;
    try {
      this.workplace = library.workplace(workers);
    } catch (TvmException e) {
      throw new LowpassRuntimeException(5022, library.place(), e.summary(), e);
    }
  }

  @Override
  public int alignment() {
    return DeviceTensor.ALIGNMENT;
  }

  @Override
  public TvmRunner bind(int size, Collection<Tensor> inputs, Collection<Tensor> outputs) {
    TvmRunner runner = new TvmRunner(library.code(size), workplace, inputs, outputs);
    open.add(runner);
    return runner;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      open.forEach(TvmRunner::close);
      workplace.close();
    }
  }
}
