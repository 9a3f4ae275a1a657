package dev.lowpass.codegen;

import dev.lowpass.codegen.artifact.CompilationReport;
import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.cpu.CpuEmitter;
import dev.lowpass.codegen.cpu.SearchSpace;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.gpu.GpuEmitter;
import dev.lowpass.codegen.plan.Lowering;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tir.CpuTarget;
import dev.lowpass.codegen.tune.ChoiceRecord;
import dev.lowpass.codegen.tune.Tuner;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.codegen.tune.TuningResult;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.runtime.artifact.Processor;
import dev.lowpass.runtime.tvm.Device;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What code is made for: the processor that runs it, or that drives the device that does.
 *
 * @param name as recorded in the artifact, for instance {@code cpu:x86-64-v4}
 * @param device {@code cpu} or {@code opencl}
 */
public record Target(String name, String device, CpuTarget host) {
  /**
   * The target that the user wrote; {@code cpu} means this machine's processor.
   *
   * @throws LowpassException LP4010 for an unknown target
   */
  public static Target parse(String text) {
    if (text.equals("cpu")) {
      return of(CpuTarget.ofThisMachine());
    }
    if (text.equals("opencl")) {
      return new Target("opencl", "opencl", CpuTarget.ofThisMachine());
    }
    List<CpuTarget> known = List.of(CpuTarget.X86_64_V3, CpuTarget.X86_64_V4);
    return known.stream()
        .map(Target::of)
        .filter(target -> target.name.equals(text))
        .findFirst()
        .orElseThrow(() -> new LowpassException("LP4010", text, "no such target; there are " + names(known)));
  }

  private boolean isOpenCl() {
    return device.equals("opencl");
  }

  /**
   * Makes sure that compiled code can run here.
   *
   * @throws LowpassException LP4011 where the device is missing
   */
  void requireDevice() {
    if (isOpenCl() && !Device.OPENCL.exists()) {
      throw new LowpassException(
          "LP4011", name, "no OpenCL device here to check the compiled code on; compile with --no-check");
    }
  }

  /** What it can do. */
  public Machine machine() {
    return isOpenCl() ? Machines.DEVICE : host.machine();
  }

  /** The steps of {@code graph}. */
  Plan plan(Graph graph) {
    return Lowering.lower(graph, machine());
  }

  /**
   * A choice for each step of {@code plan}, which computes {@code graph}.
   *
   * @throws LowpassException LP4012 where this machine cannot run what is to be timed, LP4013 for a device, LP4014 where
   *     recorded choices do not fit
   */
  TuningResult tune(Graph graph, Plan plan, Tuning tuning, Tuner.Listener listener) {
    return switch (tuning) {
      case Tuning.BuiltIn _ -> new TuningResult(plan.steps().stream().map(space()::builtIn).toList(), List.of());
      case Tuning.Recorded recorded -> {
        requireProcessor();
        yield new TuningResult(recorded.choices().choicesFor(plan, name, space()), List.of());
      }
      case Tuning.Search search -> {
        requireProcessor();
        if (!Processor.features().containsAll(host.requiredFlags())) {
          throw new LowpassException(
              "LP4012", name, "this machine cannot run it and time it; tune where it runs, or compile with --tune none");
        }
        yield Tuner.tune(graph, plan, host, search, listener);
      }
    };
  }

  private void requireProcessor() {
    if (isOpenCl()) {
      throw new LowpassException("LP4013", name, "has nothing to choose yet; compile with --tune none");
    }
  }

  SearchSpace space() {
    return new SearchSpace(host.machine());
  }

  /** Code for {@code plan}; a device has no use for choices yet. */
  Library emit(Plan plan, List<Choice> choices) {
    return isOpenCl() ? GpuEmitter.emit(plan) : CpuEmitter.emit(plan, host.machine(), choices);
  }

  /** What an artifact records of its choices. */
  List<CompilationReport.StepChoice> record(Plan plan, List<Choice> choices) {
    return isOpenCl() ? List.of() : ChoiceRecord.toReport(plan, choices, space());
  }

  /** The shared library of {@code library}; {@code compiled} hears how many functions are done. */
  byte[] build(Library library, IntConsumer compiled) {
    LibraryBuilder builder = new LibraryBuilder(host);
    library.processor().forEach(builder::add);
    library.device().forEach(builder::addOpenCl);
    return builder.build(compiled);
  }

  private static Target of(CpuTarget processor) {
    return new Target("cpu:" + processor.name(), "cpu", processor);
  }

  private static String names(List<CpuTarget> known) {
    return Stream.concat(Stream.of("cpu", "opencl"), known.stream().map(target -> of(target).name))
        .collect(Collectors.joining(", "));
  }
}
