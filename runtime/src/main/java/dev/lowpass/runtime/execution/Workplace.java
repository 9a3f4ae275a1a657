package dev.lowpass.runtime.execution;

import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceMemory;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import java.util.List;

/**
 * What all sizes of a session have together, since one of them runs at a time: memory for intermediate results, as large
 * as the largest size asks for, and workers.
 */
sealed interface Workplace extends AutoCloseable {
  /**
   * The scratch memory of a size. What the kernels see is the part that workers share and that of the first worker: a
   * length that does not depend on the number of workers.
   */
  DeviceTensor scratch(Manifest.Memory size);

  /** Room for the tensors of a size. */
  Arena arena();

  /** How the code of a size is called, with {@code tensors} as arguments. */
  Execution execution(KernelCode code, DeviceTensor[] tensors);

  /** How many share an inference, the caller among them. */
  int workers();

  /** Ends the workers and frees the memory. To be called once, with nothing running. */
  @Override
  void close();

  /** The processor: its memory and a crew of threads. */
  final class Host implements Workplace {
    private final HostMemory scratch;
    private final Crew crew;

    Host(List<Manifest.Size> sizes, int workers) {
      long bytes = 0;
      for (Manifest.Size size : sizes) {
        bytes = Math.max(bytes, size.memory().scratchBytes() + size.memory().workerBytes() * workers);
      }
      this.scratch = HostMemory.allocate(bytes);
      this.crew = new Crew(workers);
    }

    @Override
    public DeviceTensor scratch(Manifest.Memory size) {
      long seen = size.scratchBytes() + size.workerBytes();
      return DeviceTensor.host(scratch.address(), DataType.F32, seen / DataType.F32.bytes());
    }

    @Override
    public Arena arena() {
      return new Arena.Host();
    }

    @Override
    public Execution execution(KernelCode code, DeviceTensor[] tensors) {
      return new HostExecution(code, tensors, crew);
    }

    @Override
    public int workers() {
      return crew.workers();
    }

    @Override
    public void close() {
      crew.close();
      scratch.close();
    }
  }

  /** A device: a block of its memory, and the thread that calls it. */
  final class Remote implements Workplace {
    private final Device device;
    private final int workers;
    private final DeviceMemory scratch;
    private final NativeThread thread;

    /** @param place what messages name */
    Remote(Device device, String place, List<Manifest.Size> sizes, int workers) {
      long bytes = 0;
      for (Manifest.Size size : sizes) {
        bytes = Math.max(bytes, size.memory().scratchBytes() + size.memory().workerBytes());
      }
      this.device = device;
      this.workers = workers;
      this.scratch = DeviceMemory.allocate(device, bytes);
      this.thread = new NativeThread(place);
    }

    @Override
    public DeviceTensor scratch(Manifest.Memory size) {
      return scratch.tensor(DataType.F32, size.scratchBytes() + size.workerBytes());
    }

    @Override
    public Arena arena() {
      return new Arena.Remote(device);
    }

    @Override
    public Execution execution(KernelCode code, DeviceTensor[] tensors) {
      return new DeviceExecution(code, tensors, thread);
    }

    @Override
    public int workers() {
      return workers;
    }

    @Override
    public void close() {
      thread.close();
      scratch.close();
    }
  }
}
