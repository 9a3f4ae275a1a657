package dev.lowpass.codegen.check;

import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.cuda.CudaDrivers;
import dev.lowpass.runtime.tvm.Device;
import java.util.List;

/** What a workbench's code runs on. It finds in the host's memory what it is to read, and leaves there what it wrote. */
sealed interface Bench extends AutoCloseable permits TvmBench, CudaBench {
  /**
   * A bench for {@code code}.
   *
   * @param areas in the order of its arguments: inputs, outputs, parameters, scratch
   */
  static Bench of(CompiledPlan code, List<Area> areas) {
    DeviceKind kind = code.backend().device();
    return switch (kind) {
      case CPU, OPENCL -> new TvmBench(Device.of(kind), code.sections().code(), areas);
      case CUDA -> new CudaBench(CudaDrivers.find().open(), code, areas);
    };
  }

  /** Runs steps {@code first} to {@code end}, exclusive, by several workers at once; a device has one. */
  void run(int workers, int first, int end);

  /** Runs all steps as a session would. */
  void main(int workers);

  @Override
  void close();
}
