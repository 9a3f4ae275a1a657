package dev.lowpass.testsuite.cuda;

import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Stands in for NVIDIA's driver where there is none: runs the source of PTX by PoCL, an OpenCL driver for processors.
 * Results are those of the kernels' text; nothing is learnt of the PTX, nor of time.
 */
public final class PoclDriver implements CudaDriver {
  private static final int PLATFORM_NAME = 0x0902;
  private static final long ANY_DEVICE = 0xFFFFFFFFL;

  /** A device of PoCL's platform, if there is one. */
  private static Optional<MemorySegment> device(OpenCl cl) {
    return cl.list("clGetPlatformIDs").stream()
        .filter(platform -> cl.text("clGetPlatformInfo", platform, PLATFORM_NAME).equals("Portable Computing Language"))
        .flatMap(platform -> cl.list("clGetDeviceIDs", platform, ANY_DEVICE).stream())
        .findFirst();
  }

  @Override
  public Optional<String> lack() {
    if (realDrivers().stream().anyMatch(driver -> driver.lack().isEmpty())) {
      return Optional.of("there is a CUDA device, and nothing to stand in for");
    }
    return standsIn()
        ? Optional.empty()
        : Optional.of("no OpenCL device (pocl) to stand in; install pocl-opencl-icd on Debian");
  }

  /** The class path has this one's registration before theirs. */
  private static List<CudaDriver> realDrivers() {
    return ServiceLoader.load(CudaDriver.class, CudaDriver.class.getClassLoader()).stream()
        .filter(driver -> driver.type() != PoclDriver.class)
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Whether PoCL is here, be there a device of CUDA or not. */
  static boolean standsIn() {
    return OpenCl.within(() -> device(new OpenCl()).isPresent());
  }

  @Override
  public CudaDevice open() {
    return OpenCl.within(
        () -> {
          OpenCl cl = new OpenCl();
          return new PoclDevice(cl, device(cl).orElseThrow(() -> new CudaException("no OpenCL device (pocl)")));
        });
  }
}
