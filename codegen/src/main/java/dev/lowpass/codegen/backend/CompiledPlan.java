package dev.lowpass.codegen.backend;

import dev.lowpass.codegen.artifact.MemorySummary;
import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.artifact.TensorSpecs;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.runtime.artifact.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A plan as code of a target. Every artifact is made of one for each of its sizes, and its manifest here.
 *
 * @param variants how often the library has the plan's steps, one after the other
 * @param sections what {@code backend} built of {@code library}
 */
public record CompiledPlan(Backend backend, Plan plan, int variants, Library library, Sections sections) {
  /** What the code needs. */
  public MemorySummary memory() {
    return new MemorySummary(
        library.parameters().length,
        library.scratchBytes(),
        library.privateBytes(),
        plan.memory().largestLiveBytes());
  }

  /** What an artifact that has nothing else says of itself. */
  public Manifest manifest(Manifest.Source model, Manifest.Build build, Map<String, Object> report) {
    return new Manifest(model, backend.target(), List.of(size(report)), build);
  }

  /** What an artifact says of this code. */
  public Manifest.Size size(Map<String, Object> report) {
    List<String> names = plan.steps().stream().map(step -> step.name() + " [" + step.kind() + "]").toList();
    List<String> steps = new ArrayList<>();
    Collections.nCopies(variants, names).forEach(steps::addAll);
    MemorySummary memory = memory();
    return new Manifest.Size(
        TensorSpecs.of(plan.inputs()),
        TensorSpecs.of(plan.outputs()),
        new Manifest.Memory(
            memory.parameterBytes(),
            Math.max(Manifest.ARENA_ALIGNMENT, memory.scratchBytes()),
            memory.workerBytes()),
        steps,
        library.launches(),
        report);
  }
}
