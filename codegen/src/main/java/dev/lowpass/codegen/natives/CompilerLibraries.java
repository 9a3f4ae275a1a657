package dev.lowpass.codegen.natives;

import dev.lowpass.runtime.natives.NativeLibraries;
import dev.lowpass.runtime.natives.NativeLibrary;
import dev.lowpass.runtime.natives.NativeLibrary.Use;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/**
 * TVM with its compiler, LLVM, and lld: found in the jars on the class path. With this module there, a process runs on
 * these from its first native call on, since two copies of TVM cannot live in one process.
 */
public final class CompilerLibraries implements NativeLibraries {
  /** The linker's file name. */
  static final String LLD = "lld";

  private record Source(String fileName, String resource, Use use) {}

  @Override
  public String name() {
    return "compiler";
  }

  @Override
  public int priority() {
    return 10;
  }

  /** In load order. The compiler's library takes the runtime library's name: it contains all of that. */
  private static List<Source> sources(String platform) {
    String bytedeco = "/org/bytedeco/%s/" + platform + "/";
    String stubs = "/dev/lowpass/runtime/natives/" + platform + "/";
    return List.of(
        new Source("libOpenCL.so.1", bytedeco.formatted("opencl") + "libOpenCL.so.1", Use.LINK),
        new Source("libdnnl.so.2", stubs + "libdnnl.so.2", Use.LINK),
        new Source("libopenblas.so.0", stubs + "libopenblas.so.0", Use.LINK),
        new Source("libLLVM.so.19.1", bytedeco.formatted("llvm") + "libLLVM.so.19.1", Use.LINK),
        new Source("libtvm_runtime.so", bytedeco.formatted("tvm") + "python/tvm/libtvm.so", Use.LINK),
        new Source("libjnijavacpp.so", bytedeco.formatted("javacpp") + "libjnijavacpp.so", Use.LOAD),
        new Source("libjnitvm_runtime.so", bytedeco.formatted("tvm") + "libjnitvm_runtime.so", Use.LOAD),
        new Source(LLD, bytedeco.formatted("llvm") + "lld", Use.EXECUTE));
  }

  @Override
  public List<NativeLibrary> files(String platform) {
    List<NativeLibrary> files = new ArrayList<>();
    for (Source source : sources(platform)) {
      URL content = CompilerLibraries.class.getResource(source.resource());
      if (content == null) {
        return List.of();
      }
      files.add(new NativeLibrary(source.fileName(), content, source.use()));
    }
    return List.copyOf(files);
  }
}
