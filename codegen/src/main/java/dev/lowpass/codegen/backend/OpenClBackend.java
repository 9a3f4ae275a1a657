package dev.lowpass.codegen.backend;

import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.build.DeepStack;
import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.gpu.GpuEmitter;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.tvm.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Whatever OpenCL drives. Its kernels have nothing to choose yet. */
public record OpenClBackend(CpuTarget host) implements Backend {
  /** TVM's code generator for the device. */
  private static final String GENERATOR = "opencl";

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public DeviceKind device() {
    return DeviceKind.OPENCL;
  }

  @Override
  public Machine machine() {
    return Machines.DEVICE;
  }

  @Override
  public Optional<ChoiceSpace> choices() {
    return Optional.empty();
  }

  @Override
  public Library emit(Plan plan, List<List<Choice>> variants, Parameters parameters) {
    return DeepStack.call(() -> GpuEmitter.emit(plan, parameters));
  }

  @Override
  public Sections build(Library library, Limits limits, IntConsumer compiled) {
    LibraryBuilder builder = new LibraryBuilder(host).addAll(library.processor());
    builder.addDevice(GENERATOR, library.device());
    return Sections.of(builder.build(limits, compiled), library.parameters());
  }

  @Override
  public Presence presence() {
    return Device.OPENCL.exists()
        ? new Presence.Here(Device.OPENCL.name())
        : new Presence.Missing(
            "no OpenCL device", "install a driver, for example pocl-opencl-icd on Debian, or the GPU vendor's");
  }
}
