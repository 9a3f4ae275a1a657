package dev.lowpass.testsuite.cuda;

import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.plan.step.BlockStep;
import dev.lowpass.codegen.plan.step.ConvolutionStep;
import dev.lowpass.codegen.plan.step.ProductStep;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.Precision;
import dev.lowpass.runtime.artifact.FileLayout;
import dev.lowpass.runtime.artifact.KernelLaunch;
import dev.lowpass.testsuite.cuda.Multiprocessor.Occupancy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A launch of a compiled model, with what can be known of it without a GPU.
 *
 * @param step that it is part of
 * @param reports what the assembler says of its kernel, for each GPU
 * @param counts of the kernel's instructions
 */
record LaunchFacts(
    Step step, KernelLaunch launch, Map<Multiprocessor, KernelReport> reports, PtxCounts.OfKernel counts) {
  /**
   * All launches of a model, in their order. Its program is assembled once for each GPU.
   *
   * @throws IllegalArgumentException where it does not assemble
   */
  static List<LaunchFacts> of(CompiledPlan code) {
    String ptx = new String(code.sections().contents().get(FileLayout.CODE), StandardCharsets.UTF_8);
    SequencedMap<String, PtxCounts.OfKernel> counts = PtxCounts.of(ptx);
    Map<Multiprocessor, Map<String, KernelReport>> reports = new EnumMap<>(Multiprocessor.class);
    for (Multiprocessor processor : Multiprocessor.values()) {
      reports.put(
          processor,
          PtxAssembler.assemble(ptx, processor.gpu()).stream()
              .collect(Collectors.toMap(KernelReport::kernel, Function.identity())));
    }
    List<LaunchFacts> facts = new ArrayList<>();
    for (KernelLaunch launch : code.library().launches()) {
      Map<Multiprocessor, KernelReport> own = new EnumMap<>(Multiprocessor.class);
      reports.forEach((processor, all) -> own.put(processor, all.get(launch.kernel())));
      facts.add(
          new LaunchFacts(code.plan().steps().get(launch.step()), launch, own, counts.get(launch.kernel())));
    }
    return facts;
  }

  KernelKind kind() {
    return KernelKind.of(step);
  }

  KernelLimits limits() {
    return isOnTensorCores() ? KernelLimits.onTensorCores(kind()) : KernelLimits.of(kind());
  }

  private boolean isOnTensorCores() {
    return switch (step) {
      case ProductStep product -> product.precision() != Precision.FLOAT32;
      case ConvolutionStep convolution -> convolution.precision() != Precision.FLOAT32;
      case BlockStep block -> block.projection().precision() != Precision.FLOAT32;
      case Step _ -> false;
    };
  }

  LoadRatios loads() {
    return counts.run().ratios();
  }

  KernelReport report(Multiprocessor processor) {
    return reports.get(processor);
  }

  Occupancy occupancy(Multiprocessor processor) {
    return processor.occupancy(report(processor), launch.items());
  }

  @Override
  public String toString() {
    return "%s [%s], %s in %s groups of %s".formatted(
        step.name(), step.kind(), launch.kernel(), launch.groups(), launch.items());
  }
}
