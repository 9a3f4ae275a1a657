package dev.lowpass.runtime.tvm;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.tvm.TVMModuleHandle;
import org.bytedeco.tvm.global.tvm_runtime;

/** A compiled kernel library in memory, and its functions. To close it while one of them runs is a mistake. */
public final class NativeModule implements AutoCloseable {
  /** A function that a library may have, without arguments: it asks the operating system for what the others need. */
  public static final String PERMIT = "lowpass_permit";

  private final TvmObject module;

  private NativeModule(TvmObject module) {
    this.module = module;
  }

  /**
   * Loads a shared library that TVM's compiler wrote. It may be deleted afterwards.
   *
   * @throws TvmException where it does not load, or where it needs something of the operating system and does not get it
   */
  public static NativeModule load(Path library) {
    NativeModule loaded = new NativeModule(Tvm.object("runtime.ModuleLoadFromFile", library.toString(), "so"));
    try {
      loaded.find(PERMIT).ifPresent(permit -> new ArgumentList(permit).call());
      return loaded;
    } catch (TvmException e) {
      loaded.close();
      throw e;
    }
  }

  /** A module that the compiler holds in memory. */
  public static NativeModule of(TvmObject module) {
    return new NativeModule(module);
  }

  /** Makes the functions of {@code dependency} visible to those of {@code module}; both are modules in memory. */
  public static void link(TvmObject module, TvmObject dependency) {
    Tvm.check(tvm_runtime.TVMModImport(
        new TVMModuleHandle(new Address(module.handle())), new TVMModuleHandle(new Address(dependency.handle()))));
  }

  /** The packed function {@code name} of the library. */
  public TvmObject function(String name) {
    return find(name).orElseThrow(() -> new TvmException("the kernel library has no function " + name));
  }

  /** The packed function {@code name}, if the library has it. */
  public Optional<TvmObject> find(String name) {
    return Tvm.call("runtime.ModuleGetFunction", module, name, false) instanceof TvmObject function
        ? Optional.of(function)
        : Optional.empty();
  }

  @Override
  public void close() {
    module.close();
  }
}
