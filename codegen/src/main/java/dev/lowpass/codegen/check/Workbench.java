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
import dev.lowpass.runtime.natives.Natives;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.Device;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.NativeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A library in this process with all memory that it works in, open to be filled, poisoned and read. A session does not
 * let anybody look into its scratch; this is for checks and tests, which must. One thread at a time.
 */
public final class Workbench implements AutoCloseable {
  private final Plan plan;
  private final Arguments arguments;
  private final Device device;
  private final NativeModule module;

  /** In the order of the arguments: inputs, outputs, parameters, scratch. */
  private final List<Area> areas = new ArrayList<>();

  private final DeviceTensor[] tensors;

  /** @param workers how many a run will have at most */
  public Workbench(CompiledPlan code, int workers) {
    this.plan = code.plan();
    this.device = Device.of(code.backend().device());
    MemorySummary memory = code.memory();
    this.arguments =
        new Arguments(plan, Map.of(), FloatArena.elements(memory.parameterBytes()), memory.workerBytes());
    this.module = load(code.sections().code());
    within(() -> allocate((workers - 1) * FloatArena.elements(memory.workerBytes())));
    this.tensors = areas.stream().map(Area::tensor).toArray(DeviceTensor[]::new);
    area(arguments.parameters()).bytes().put(code.sections().parameters());
  }

  /** @param more elements of scratch for workers that the code does not know of */
  private void allocate(long more) {
    for (Buffer buffer : arguments.buffers()) {
      areas.add(new Area(device, buffer.element(), buffer.length(), buffer == arguments.scratch() ? more : 0));
    }
  }

  /** Runs {@code task} where native calls may be made. */
  private void within(Runnable task) {
    if (isProcessor()) {
      task.run();
    } else {
      DeviceThread.run(task);
    }
  }

  private boolean isProcessor() {
    return device.equals(Device.CPU);
  }

  private static NativeModule load(byte[] code) {
    try {
      // A folder from which libraries are known to load, where it may be written to.
      Path cache = Natives.load().folder().toAbsolutePath().getParent();
      Path folder = Files.isWritable(cache) ? cache : Path.of(System.getProperty("java.io.tmpdir"));
      Path file = Files.createTempFile(folder, "check-", ".so");
      try {
        Files.write(file, code);
        return NativeModule.load(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
      case SCRATCH -> scratch().poison(arguments.start(slot), slot.layout().elements() * slot.words());
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
      case SCRATCH, CONSTANT -> areaOf(slot).words(slot.element(), arguments.start(slot), elements);
    };
  }

  /** What the outputs hold, in the order of the plan. */
  public List<Tensor> outputs() {
    return plan.outputs().stream().map(this::read).toList();
  }

  /** Runs steps {@code first} to {@code end}, exclusive, by several workers at once; a device has one. */
  public void run(int workers, int first, int end) {
    if (!isProcessor()) {
      ArgumentList step = call("lowpass_step", 1, first);
      onDevice(
          () -> {
            for (int index = first; index < end; index++) {
              step.set(0, index);
              step.call();
            }
          });
      return;
    }
    call("lowpass_reset", workers).call();
    List<ArgumentList> parts = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      parts.add(call("lowpass_work", workers, first, end, worker));
    }
    together(parts);
  }

  /** Runs all steps by the entry that does not know of single ones: TVM shares them out, or a device does. */
  public void main(int workers) {
    ArgumentList main = call("lowpass_main", workers);
    onDevice(main::call);
  }

  private void onDevice(Runnable calls) {
    within(
        () -> {
          areas.forEach(Area::upload);
          calls.run();
          areas.forEach(Area::download);
        });
  }

  /** An entry to be called with {@code first} before the memory; on the processor. */
  public ArgumentList call(String entry, int workers, int... first) {
    return new ArgumentList(module.function(entry), first, tensors, workers);
  }

  private static void together(List<ArgumentList> parts) {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> others =
        parts.subList(1, parts.size()).stream()
            .map(
                part ->
                    Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                        .start(part::call))
            .toList();
    parts.getFirst().call();
    boolean interrupted = false;
    for (Thread other : others) {
      // Native code cannot be stopped half-way: whoever interrupts waits for it.
      while (other.isAlive()) {
        try {
          other.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.getFirst());
    }
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
    within(
        () -> {
          module.close();
          areas.forEach(Area::close);
        });
  }
}
