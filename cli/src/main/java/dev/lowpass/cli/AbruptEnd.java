package dev.lowpass.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * An end of the process without the destructors of native libraries, which crash while threads are at work in them:
 * {@code _exit(2)}. {@link Runtime#halt} skips Java's hooks only, and runs what C registered with {@code atexit}.
 */
final class AbruptEnd {
  private AbruptEnd() {}

  static void of(int code) {
    Linker linker = Linker.nativeLinker();
    MethodHandle exit =
        linker.downcallHandle(
            linker.defaultLookup().find("_exit").orElseThrow(), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    try {
      exit.invokeExact(code);
    } catch (Throwable e) {
      Runtime.getRuntime().halt(code);
    }
  }
}
