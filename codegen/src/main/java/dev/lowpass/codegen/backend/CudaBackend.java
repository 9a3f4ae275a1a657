package dev.lowpass.codegen.backend;

import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.build.DeepStack;
import dev.lowpass.codegen.build.PtxBuilder;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.cuda.CudaEmitter;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.artifact.Manifest;
import dev.lowpass.runtime.cuda.CudaDevice;
import dev.lowpass.runtime.cuda.CudaDriver;
import dev.lowpass.runtime.cuda.CudaDrivers;
import dev.lowpass.runtime.cuda.CudaException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * NVIDIA's devices. Nothing of the artifact runs on the processor: the runtime launches kernels itself.
 *
 * @param architecture the oldest that runs the code, {@code sm_80}
 * @param precision in which its products multiply
 */
public record CudaBackend(String architecture, Precision precision) implements Backend {
  /** What {@code cuda} means: newer devices run it too. */
  public static final CudaBackend USUAL = new CudaBackend("sm_80");

  public CudaBackend(String architecture) {
    this(architecture, Precision.FLOAT32);
  }

  @Override
  public String name() {
    return "cuda:" + architecture;
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
    return switch (precision) {
      case FLOAT32 -> Machines.CUDA;
      case TF32 -> Machines.CUDA_TF32;
      case FLOAT16 -> Machines.CUDA_FP16;
      case BFLOAT16 -> Machines.CUDA_BF16;
    };
  }

  @Override
  public List<Backend> rounding() {
    return Stream.of(Precision.FLOAT16, Precision.BFLOAT16, Precision.TF32).map(this::with).toList();
  }

  private Backend with(Precision other) {
    return new CudaBackend(architecture, other);
  }

  @Override
  public Optional<ChoiceSpace> choices() {
    return Optional.empty();
  }

  @Override
  public Library emit(Plan plan, List<List<Choice>> variants, Parameters parameters) {
    return DeepStack.call(() -> CudaEmitter.emit(plan, machine(), parameters));
  }

  @Override
  public Sections build(Library library, Limits limits, IntConsumer compiled) {
    byte[] program = new PtxBuilder(architecture).build(library.device(), library.launches(), limits, compiled);
    return Sections.of(program, library.parameters());
  }

  @Override
  public Presence presence() {
    CudaDriver driver = CudaDrivers.find();
    if (driver.lack().isEmpty()) {
      try (CudaDevice device = driver.open()) {
        return new Presence.Here(device.properties().name());
      } catch (CudaException refused) {
        // It is there and cannot be used: what lacks is what it would run on.
      }
    }
    return new Presence.Missing("no CUDA device", "compiles here, and runs where there is one");
  }

  /** Any processor of the platform will do. */
  @Override
  public Manifest.Target target() {
    return new Manifest.Target(name(), host().platform(), device(), List.of());
  }
}
