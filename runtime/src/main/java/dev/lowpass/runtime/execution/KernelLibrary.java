package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.cuda.CudaDrivers;

/**
 * An artifact's native side: the code of its sizes in this process, its parameters where the kernels read them.
 * Thread-safe. To be closed after its runners.
 */
public sealed interface KernelLibrary extends AutoCloseable permits TvmLibrary, CudaLibrary {
  /**
   * Loads a checked artifact's code. The one place that knows what runs which device's.
   *
   * @throws LowpassRuntimeException LP5002 where it has no code for its device, LP5010 where this runtime's natives do not
   *     load, LP5022 where the code does not, LP5023 where the device is missing
   */
  static KernelLibrary load(Artifact artifact) {
    return switch (artifact.manifest().target().device()) {
      case CPU -> TvmLibrary.load(artifact, new KernelDevice.Local());
      case OPENCL -> TvmLibrary.load(artifact, KernelDevice.Offloading.toOpenCl());
      case CUDA -> CudaLibrary.load(artifact, CudaDrivers.find());
    };
  }

  /**
   * Room for any size.
   *
   * @param workers who share an inference where the processor makes it, the caller among them
   * @throws LowpassRuntimeException LP5022 where native code fails
   */
  Runners runners(int workers);

  /** Frees all of it; once more is harmless. */
  @Override
  void close();
}
