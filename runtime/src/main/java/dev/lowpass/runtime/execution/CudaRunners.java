package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Runners of a CUDA device's programs, with scratch memory there as large as the largest size asks for. */
final class CudaRunners implements Runners {
  /** Drivers pin whole pages, and refuse to pin one twice: no two tensors may share one. */
  private static final int PAGE_BYTES = 4096;

  private final CudaLibrary library;
  private final CudaHoldings holdings;
  private final long scratch;
  private final List<CudaRunner> open = new ArrayList<>();

  /** To be called with the library's {@link CudaAccess}. */
  CudaRunners(CudaLibrary library) {
    long bytes = 0;
    for (Manifest.Size size : library.sizes()) {
      bytes = Math.max(bytes, size.memory().scratchBytes() + size.memory().workerBytes());
    }
    this.library = library;
    this.holdings = new CudaHoldings(library.access().device());
    this.scratch = holdings.allocate(bytes);
  }

  @Override
  public int alignment() {
    return PAGE_BYTES;
  }

  @Override
  public CudaRunner bind(int size, Collection<Tensor> inputs, Collection<Tensor> outputs) {
    CudaRunner runner = library.access().make(() -> new CudaRunner(library, size, scratch, inputs, outputs));
    open.add(runner);
    return runner;
  }

  @Override
  public void close() {
    open.forEach(CudaRunner::close);
    library.access().run(holdings::close);
  }
}
