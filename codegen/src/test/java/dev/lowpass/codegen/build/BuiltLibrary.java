package dev.lowpass.codegen.build;

import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.backend.CpuBackend;
import dev.lowpass.codegen.check.Workbench;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.runtime.tvm.ArgumentList;
import dev.lowpass.runtime.tvm.DataType;
import dev.lowpass.runtime.tvm.DeviceTensor;
import dev.lowpass.runtime.tvm.HostMemory;
import dev.lowpass.runtime.tvm.NativeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs freshly built libraries on this processor's float arrays. */
public final class BuiltLibrary {
  public static final CpuTarget HOST = CpuTarget.ofThisMachine();

  private BuiltLibrary() {}

  /** Builds {@code functions}, the last of which is the entry, and calls it on {@code arrays}, which it may change. */
  public static void run(List<Function> functions, float[]... arrays) {
    LibraryBuilder builder = new LibraryBuilder(HOST);
    functions.forEach(builder::add);
    run(builder.build(), functions.getLast().name(), arrays);
  }

  public static void run(byte[] library, String entry, float[]... arrays) {
    try (NativeModule module = load(library)) {
      run(module, entry, arrays);
    }
  }

  public static void run(NativeModule module, String entry, float[]... arrays) {
    HostMemory[] memories = new HostMemory[arrays.length];
    DeviceTensor[] tensors = new DeviceTensor[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      memories[i] = HostMemory.allocate(4L * arrays[i].length);
      floats(memories[i]).put(arrays[i]);
      tensors[i] = memories[i].tensor(DataType.F32);
    }
    new ArgumentList(module.function(entry), tensors).call();
    for (int i = 0; i < arrays.length; i++) {
      floats(memories[i]).get(arrays[i]);
      memories[i].close();
    }
  }

  /**
   * The library of a plan with memory for so many workers.
   *
   * @param variants how often it has the plan's steps
   */
  public static Workbench bench(Plan plan, int variants, Library library, CpuTarget target, int workers) {
    Backend backend = new CpuBackend(target);
    Sections sections = backend.build(library, Limits.usual(), _ -> {});
    return new Workbench(new CompiledPlan(backend, plan, variants, library, sections), workers);
  }

  /** The module of a freshly built library. */
  public static NativeModule load(byte[] library) {
    try {
      Path file = Files.createTempFile("lowpass-test", ".so");
      Files.write(file, library);
      NativeModule module = NativeModule.load(file);
      Files.delete(file);
      return module;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static FloatBuffer floats(HostMemory memory) {
    return memory.buffer().asFloatBuffer();
  }
}
