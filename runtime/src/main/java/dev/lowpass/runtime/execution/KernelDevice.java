package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.artifact.Artifact;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceMemory;
import dev.lowpass.runtime.tvm.HostMemory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What runs the kernels that TVM compiled: its memory, and how it is made to. */
interface KernelDevice {
  /** @throws LowpassRuntimeException LP5023 where it is missing */
  void requireHere(Artifact artifact);

  /** A copy of {@code parameters} in its memory; none where it reads them in place. */
  @Nullable DeviceMemory upload(ByteBuffer parameters);

  /** Memory and workers for a session. */
  Workplace workplace(Artifact artifact, int workers);

  /** The processor that this process runs on. */
  record Local() implements KernelDevice {
    @Override
    public void requireHere(Artifact artifact) {}

    @Override
    public @Nullable DeviceMemory upload(ByteBuffer parameters) {
      return null;
    }

    @Override
    public Workplace workplace(Artifact artifact, int workers) {
      return new Workplace.Host(artifact.manifest().sizes(), workers);
    }
  }

  /**
   * A device beside the processor, with memory of its own, that TVM drives.
   *
   * @param remedy what to do where it is missing, to end a message
   */
  record Offloading(Device device, String remedy) implements KernelDevice {
    /** The first OpenCL device, whether or not there is one. */
    static Offloading toOpenCl() {
      return new Offloading(Device.OPENCL, "; install an OpenCL driver (Debian: pocl-opencl-icd)");
    }

    @Override
    public void requireHere(Artifact artifact) {
      if (!device.exists()) {
        String problem = "compiled for " + artifact.manifest().target().device() + ", but no such device is here";
        throw new LowpassRuntimeException(5023, artifact.place(), problem + remedy);
      }
    }

    @Override
    public DeviceMemory upload(ByteBuffer parameters) {
      DeviceMemory memory = DeviceMemory.allocate(device, parameters.capacity());
      memory.copyFrom(HostMemory.addressOf(parameters), parameters.capacity());
      return memory;
    }

    @Override
    public Workplace workplace(Artifact artifact, int workers) {
      return new Workplace.Remote(device, artifact.place(), artifact.manifest().sizes(), workers);
    }
  }
}
