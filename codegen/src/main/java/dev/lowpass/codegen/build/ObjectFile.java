package dev.lowpass.codegen.build;

import dev.lowpass.codegen.processor.CpuTarget;
import dev.lowpass.codegen.tir.Function;
import dev.lowpass.codegen.tir.Tir;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.tvm.NativeModule;
import dev.lowpass.runtime.tvm.Tvm;
import dev.lowpass.runtime.tvm.TvmException;
import dev.lowpass.runtime.tvm.TvmObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Functions to object files. Deep trees recurse in C++, so that this wants a thread with a large stack.
 *
 * @param functions one, or the entries that share a device's code: a library has room for one such part
 * @param device TVM's name of the device that the function's thread-bound loops run on; empty for none
 */
public record ObjectFile(List<Function> functions, CpuTarget host, String device) {
  /** Writes the object file, and for a device a second one that carries the device's code. */
  List<Path> writeTo(Path folder, int index) {
    try (TvmObject module = module(Function.module(functions), host, device)) {
      Path code = folder.resolve("k" + index + ".o");
      Tvm.call("runtime.ModuleSaveToFile", module, code.toString(), "o");
      if (device.isEmpty()) {
        return List.of(code);
      }
      Path data = folder.resolve("k" + index + "d.o");
      try (TvmObject packed = Tvm.object("runtime.ModulePackImportsToLLVM", module, false, host.tvmTarget(), "")) {
        Tvm.call("runtime.ModuleSaveToFile", packed, data.toString(), "o");
      }
      return List.of(code, data);
    } catch (TvmException e) {
      throw new LowpassException("LP4901", functions.getFirst().name(), "TVM cannot compile this kernel: " + e.summary());
    }
  }

  /** The compiled form of all {@code functions}, in memory. */
  public static TvmObject module(TvmObject functions, CpuTarget host, String device) {
    try (TvmObject hostTarget = Tvm.object("target.Target", host.tvmTarget());
        TvmObject target = device.isEmpty() ? hostTarget : Tvm.object("target.Target", device);
        TvmObject both = Tvm.object("target.WithHost", target, hostTarget);
        TvmObject lowered = Lowering.of(functions);
        TvmObject mixed = run("driver.mixed_mod_passes", lowered, both)) {
      TvmObject module = compiled(run("driver.host_mod_passes", mixed, hostTarget), hostTarget);
      if (!device.isEmpty()) {
        importKernels(module, run("driver.device_mod_passes", mixed, both), target);
      }
      return module;
    }
  }

  /** TVM's own driver compiles all device kernels at once, in an order that changes from run to run. */
  private static void importKernels(TvmObject host, TvmObject kernels, TvmObject target) {
    TvmObject variables = Tvm.object("ir.Module_GetGlobalVars", kernels);
    Map<String, TvmObject> byName = new TreeMap<>();
    for (int i = 0; i < variables.size(); i++) {
      TvmObject variable = variables.at(i);
      byName.put((String) variable.attribute("name_hint"), variable);
    }
    for (TvmObject variable : byName.values()) {
      TvmObject kernel = Tvm.object("ir.Module_Lookup", kernels, variable);
      NativeModule.link(host, compiled(Tir.module(Map.of(variable, kernel)), target));
    }
  }

  static TvmObject run(String passes, TvmObject functions, TvmObject target) {
    try (TvmObject pass = Tvm.object(passes, functions, target)) {
      return Tvm.object("transform.RunPass", pass, functions);
    }
  }

  static TvmObject compiled(TvmObject functions, TvmObject target) {
    return Tvm.object("target.Build", functions, target);
  }
}
