package dev.lowpass.codegen.natives;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.natives.NativeLibrary;
import dev.lowpass.runtime.natives.Natives;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The C compiler that comes with LLVM, as a program. It is unpacked when it is first asked for: 97 MB that only targets
 * with a language of their own need.
 *
 * @param program to be run with {@code libraryPath} as {@code LD_LIBRARY_PATH}
 */
public record Clang(Path program, String libraryPath) {
  private static final String NAME = "clang";
  private static final String LIBRARY = "libclang-cpp.so.19.1";

  /** @throws LowpassRuntimeException LP5010 where it cannot be unpacked */
  public static Clang unpacked() {
    List<NativeLibrary> files = new ArrayList<>();
    for (String name : List.of(LIBRARY, NAME)) {
      String resource = "/org/bytedeco/llvm/" + Natives.platform() + "/" + name;
      URL content = Objects.requireNonNull(Clang.class.getResource(resource), resource);
      files.add(new NativeLibrary(name, content, NativeLibrary.Use.EXECUTE));
    }
    Path folder = Natives.unpacked(files);
    // LLVM itself is there already, among what the compiler loads.
    return new Clang(folder.resolve(NAME), folder + ":" + Natives.load().folder());
  }
}
