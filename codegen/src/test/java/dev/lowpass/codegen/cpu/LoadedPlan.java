package dev.lowpass.codegen.cpu;

import dev.lowpass.codegen.build.BuiltLibrary;
import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.build.Together;
import dev.lowpass.codegen.emit.Arena;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.value.Slot;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.ir.Tensor;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import dev.lowpass.runtime.tvm.NativeModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan's library, loaded, with memory for its inputs, outputs, parameters and scratch, which it owns. */
final class LoadedPlan implements AutoCloseable {
  private final Plan plan;
  private final NativeModule module;
  private final List<HostMemory> inputs;
  private final List<HostMemory> outputs;
  private final HostMemory parameters;
  private final HostMemory scratch;
  private final DeviceTensor[] tensors;

  /** @param workers how many calls will have at most */
  LoadedPlan(Plan plan, Library library, CpuTarget target, int workers) {
    this.plan = plan;
    LibraryBuilder builder = new LibraryBuilder(target);
    library.processor().forEach(builder::add);
    module = BuiltLibrary.load(builder.build());
    inputs = memories(plan.inputs());
    outputs = memories(plan.outputs());
    parameters = HostMemory.allocate(library.parameters().length);
    parameters.buffer().put(library.parameters());
    long seen = library.scratchBytes() + library.privateBytes();
    scratch = HostMemory.allocate(seen + (workers - 1) * library.privateBytes());
    List<DeviceTensor> all = new ArrayList<>();
    inputs.forEach(memory -> all.add(memory.tensor(DataType.F32)));
    outputs.forEach(memory -> all.add(memory.tensor(DataType.F32)));
    all.add(parameters.tensor(DataType.F32));
    all.add(DeviceTensor.host(scratch.address(), DataType.F32, Arena.elements(seen)));
    tensors = all.toArray(DeviceTensor[]::new);
  }

  private static List<HostMemory> memories(List<Slot> slots) {
    return slots.stream().map(Memories::of).toList();
  }

  /** In the order of the plan. */
  List<HostMemory> inputs() {
    return inputs;
  }

  /** Gives each input its tensor, by name. */
  void fill(Map<String, Tensor> tensors) {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).buffer().asFloatBuffer().put(tensors.get(plan.inputs().get(i).name()).floats());
    }
  }

  /** What the outputs hold, in the order of the plan. */
  List<float[]> outputs() {
    return outputs.stream().map(Memories::values).toList();
  }

  /** Fills scratch and outputs with NaN. */
  void poison() {
    Memories.poison(scratch);
    outputs.forEach(Memories::poison);
  }

  /** An entry to be called with {@code first} before the memory. */
  ArgumentList call(String entry, int workers, int... first) {
    return new ArgumentList(module.function(entry), first, tensors, workers);
  }

  /** Runs steps {@code first} to {@code end}, exclusive, by several workers at once. */
  void run(int workers, int first, int end) {
    call("lowpass_reset", workers).call();
    Together.run(workers, worker -> call("lowpass_work", workers, first, end, worker).call());
  }

  @Override
  public void close() {
    module.close();
    inputs.forEach(HostMemory::close);
    outputs.forEach(HostMemory::close);
    parameters.close();
    scratch.close();
  }
}
