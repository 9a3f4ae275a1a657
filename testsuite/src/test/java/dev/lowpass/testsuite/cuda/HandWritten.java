package dev.lowpass.testsuite.cuda;

import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Presence;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.runtime.cuda.CudaDrivers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** A target for CUDA whose kernels are written for one plan, by hand. */
record HandWritten(String kernels, List<KernelLaunch> launches) implements Backend {
  /** Text that has {@code kernels} as its source, and is no PTX otherwise: for what stands in for a GPU. */
  static byte[] ptx(String kernels) {
    String source = "// prelude\n#define barrier(x) of_no_device(x)\n// kernels\n" + kernels;
    String comments = source.lines().map(line -> "//| " + line).collect(Collectors.joining("\n"));
    return (comments + "\n.version 7.8\n.target sm_80\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public DeviceKind device() {
    return DeviceKind.CUDA;
  }

  @Override
  public CpuTarget host() {
    return CpuTarget.ofThisMachine();
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
    return new Library(List.of(), List.of(), launches, parameters.toBytes(), plan.memory().bytes(), 0);
  }

  @Override
  public Sections build(Library library, Limits limits, IntConsumer compiled) {
    return Sections.of(ptx(kernels), library.parameters());
  }

  @Override
  public Presence presence() {
    return CudaDrivers.find()
        .lack()
        .<Presence>map(lack -> new Presence.Missing(lack, "install it"))
        .orElseGet(() -> new Presence.Here("a device"));
  }
}
