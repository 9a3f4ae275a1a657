package dev.lowpass.runtime.cuda.driver;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The driver's library, which comes with the system and stays loaded. Thread-safe. */
public final class NvidiaDriver implements CudaDriver {
  private static final String LIBRARY = "libcuda.so.1";

  /** {@code CUDA_ERROR_NO_DEVICE}. */
  private static final int NO_DEVICE = 100;

  /** None until the library was found; guarded by this. */
  private @Nullable Functions functions;

  @Override
  public Optional<String> lack() {
    try {
      connected();
      return Optional.empty();
    } catch (CudaException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public CudaDevice open() {
    Functions ready = connected();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment device = arena.allocate(JAVA_INT);
      ready.require("cuDeviceGet", ready.deviceGet(device, 0));
      return new NvidiaDevice(ready, device.get(JAVA_INT, 0));
    }
  }

  /** The functions of a driver that has a device. */
  private synchronized Functions connected() {
    if (functions == null) {
      functions = find();
    }
    Functions found = functions;
    int status = found.init();
    if (status == NO_DEVICE) {
      throw new CudaException("NVIDIA's driver finds no device; see what nvidia-smi says");
    }
    if (status != 0) {
      throw new CudaException("NVIDIA's driver does not start: " + found.text(status) + "; see what nvidia-smi says");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_INT);
      found.require("cuDeviceGetCount", found.deviceCount(count));
      if (count.get(JAVA_INT, 0) == 0) {
        throw new CudaException("NVIDIA's driver finds no device; see what CUDA_VISIBLE_DEVICES hides");
      }
    }
    return found;
  }

  private static Functions find() {
    try {
      return new Functions(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new CudaException("there is no NVIDIA driver here (" + LIBRARY + "); install that of an NVIDIA GPU");
    } catch (IllegalCallerException e) {
      throw new CudaException("this Java may not call native code; run it with --enable-native-access=ALL-UNNAMED");
    }
  }
}
