package dev.lowpass.runtime.cuda;

import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the driver. */
public final class CudaDrivers {
  /** The Java whose foreign functions the driver is called by. */
  private static final int FIRST_JAVA = 22;

  private CudaDrivers() {}

  /** One whose device can be used; else one that says what lacks. */
  public static CudaDriver find() {
    int java = Runtime.version().feature();
    if (java < FIRST_JAVA) {
      return new Absent("NVIDIA's driver is called from Java " + FIRST_JAVA + " on, and this is Java " + java
          + "; run it on a newer one");
    }
    CudaDriver first = null;
    for (CudaDriver driver : ServiceLoader.load(CudaDriver.class, CudaDriver.class.getClassLoader())) {
      if (driver.lack().isEmpty()) {
        return driver;
      }
      first = first == null ? driver : first;
    }
    return first == null ? new Absent("this runtime has no CUDA driver") : first;
  }

  private record Absent(String reason) implements CudaDriver {
    @Override
    public Optional<String> lack() {
      return Optional.of(reason);
    }

    @Override
    public CudaDevice open() {
      throw new CudaException(reason);
    }
  }
}
