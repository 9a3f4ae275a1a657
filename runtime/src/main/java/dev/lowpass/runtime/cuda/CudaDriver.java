package dev.lowpass.runtime.cuda;

import java.util.Optional;

/** What drives CUDA devices: NVIDIA's driver, called from Java 22 on. {@link CudaDrivers} finds it. */
public interface CudaDriver {
  /**
   * Why its first device cannot be used here, for people, and after a semicolon the remedy; nothing where it can. The
   * driver may be loaded to see.
   */
  Optional<String> lack();

  /**
   * Its first device, where nothing lacks.
   *
   * @throws CudaException where the driver refuses
   */
  CudaDevice open();
}
