package dev.lowpass.codegen.backend;

import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.build.DeepStack;
import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.cpu.CpuEmitter;
import dev.lowpass.codegen.cpu.SearchSpace;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.runtime.artifact.DeviceKind;
import dev.lowpass.runtime.artifact.Processor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * A kind of processor.
 *
 * @param precision in which its products multiply
 */
public record CpuBackend(CpuTarget host, Precision precision) implements Backend {
  public CpuBackend(CpuTarget host) {
    this(host, Precision.FLOAT32);
  }

  @Override
  public String name() {
    return "cpu:" + host.name();
  }

  @Override
  public DeviceKind device() {
    return DeviceKind.CPU;
  }

  @Override
  public Machine machine() {
    return switch (precision) {
      case FLOAT32 -> host.machine();
      case TF32, FLOAT16, BFLOAT16 -> host.rounding().orElseThrow();
    };
  }

  @Override
  public List<Backend> rounding() {
    return host.rounding().<Backend>map(machine -> new CpuBackend(host, machine.precision())).stream().toList();
  }

  @Override
  public Optional<ChoiceSpace> choices() {
    return Optional.of(new SearchSpace(machine()));
  }

  @Override
  public Library emit(Plan plan, List<List<Choice>> variants, Parameters parameters) {
    return DeepStack.call(() -> CpuEmitter.emitVariants(plan, machine(), variants, parameters));
  }

  @Override
  public Sections build(Library library, Limits limits, IntConsumer compiled) {
    LibraryBuilder builder = new LibraryBuilder(host).addAll(library.processor());
    return Sections.of(builder.build(limits, compiled), library.parameters());
  }

  @Override
  public Presence presence() {
    Set<String> missing = new TreeSet<>(host.requiredFlags());
    missing.removeAll(Processor.features());
    return missing.isEmpty()
        ? new Presence.Here(Processor.model())
        : new Presence.Missing(
            "no " + String.join(", ", missing), "compiles here, but runs only on a newer processor");
  }
}
