package dev.lowpass.codegen.check;

import dev.lowpass.codegen.artifact.MemorySummary;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.emit.Arguments;
import dev.lowpass.codegen.emit.FloatArena;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.tir.Buffer;
import dev.lowpass.ir.ElementType;
import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.tvm.ArgumentList;
import java.util.List;
import java.util.Map;

/**
 * Compiled code with all memory that it works in, open to be filled, poisoned and read. A session does not
 * let anybody look into its scratch; this is for checks and tests, which must. One thread at a time.
 */
public final class Workbench implements AutoCloseable {
  private final Plan plan;
  private final Arguments arguments;

  /** In the order of the arguments: inputs, outputs, parameters, scratch. */
  private final List<Area> areas;

  private final Bench bench;

  /** @param workers how many a run will have at most */
  public Workbench(CompiledPlan code, int workers) {
    this.plan = code.plan();
    MemorySummary memory = code.memory();
    this.arguments =
        new Arguments(plan, Map.of(), FloatArena.elements(memory.parameterBytes()), memory.workerBytes());
    this.areas = allocate((workers - 1) * FloatArena.elements(memory.workerBytes()));
    area(arguments.parameters()).bytes().put(code.sections().parameters());
    this.bench = Bench.of(code, areas);
  }

  /** @param more elements of scratch for workers that the code does not know of */
  private List<Area> allocate(long more) {
    return arguments.buffers().stream()
        .map(buffer -> new Area(buffer.element(), buffer.length(), buffer == arguments.scratch() ? more : 0))
        .toList();
  }

  public Plan plan() {
    return plan;
  }

  /** Gives each input its tensor, by name. */
  public void fill(Map<String, Tensor> inputs) {
    for (Slot slot : plan.inputs()) {
      areaOf(slot).put(inputs.get(slot.name()));
    }
  }

  /** Fills everything but inputs and parameters with NaN: whatever is read without having been written shows. */
  public void poison() {
    plan.outputs().forEach(this::poison);
    scratch().poison(0, scratch().elements());
  }

  /** Fills the place of {@code slot} with NaN, or bytes that no step writes. */
  public void poison(Slot slot) {
    switch (slot.home()) {
      case INPUT, OUTPUT -> {
        if (slot.element() == ElementType.F32) {
          areaOf(slot).poison(0, slot.layout().elements());
        } else {
          areaOf(slot).poison();
        }
      }
      case SCRATCH -> scratch().poison(arguments.start(slot), slot.bytes() / Integer.BYTES);
      case CONSTANT -> throw new IllegalArgumentException(slot + " is a constant");
    }
  }

  /** Fills what workers have for themselves with NaN. */
  public void poisonWorkers() {
    long shared = FloatArena.elements(plan.memory().bytes());
    scratch().poison(shared, scratch().elements() - shared);
  }

  /** What lies at the place of {@code slot}, in its layout, padding included, as a flat tensor. */
  public Tensor read(Slot slot) {
    int elements = Math.toIntExact(slot.layout().elements());
    return switch (slot.home()) {
      case INPUT, OUTPUT -> areaOf(slot).encoded(slot.element(), elements);
      case SCRATCH, CONSTANT ->
          slot.packed()
              ? areaOf(slot).halves(arguments.start(slot), elements)
              : areaOf(slot).words(slot.element(), arguments.start(slot), elements);
    };
  }

  /** What the outputs hold, in the order of the plan. */
  public List<Tensor> outputs() {
    return plan.outputs().stream().map(this::read).toList();
  }

  /** Runs steps {@code first} to {@code end}, exclusive, by several workers at once; a device has one. */
  public void run(int workers, int first, int end) {
    bench.run(workers, first, end);
  }

  /** Runs all steps by what does not know of single ones: TVM shares them out, or a device does. */
  public void main(int workers) {
    bench.main(workers);
  }

  /** An entry to be called with {@code first} before the memory; on the processor. */
  public ArgumentList call(String entry, int workers, int... first) {
    return switch (bench) {
      case TvmBench library -> library.call(entry, workers, first);
      case CudaBench _ -> throw new IllegalStateException("kernels that are launched have no entry " + entry);
    };
  }

  private Area scratch() {
    return area(arguments.scratch());
  }

  private Area areaOf(Slot slot) {
    return area(arguments.bufferOf(slot));
  }

  private Area area(Buffer buffer) {
    return areas.get(arguments.buffers().indexOf(buffer));
  }

  @Override
  public void close() {
    bench.close();
    areas.forEach(Area::close);
  }
}
