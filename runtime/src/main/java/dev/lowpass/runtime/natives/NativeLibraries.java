package dev.lowpass.runtime.natives;

import java.util.List;

/**
 * Supplies the native libraries that a process runs on. A process loads one set, once. The runtime's own set can only
 * run artifacts; the compiler brings a larger one, found through {@link java.util.ServiceLoader}, which also can. The
 * provider with the highest {@link #priority} wins.
 */
public interface NativeLibraries {
  /** What these libraries are, for messages and for {@code lowpass doctor}. */
  String name();

  /** Larger is preferred. The runtime's own set has priority 0. */
  int priority();

  /**
   * All files of this set, in the order in which they are to be loaded.
   *
   * @param platform as JavaCPP writes it, for example {@code linux-x86_64}
   * @return an empty list where the set does not support the platform
   */
  List<NativeLibrary> files(String platform);

  /** Loads the best set into this process, if that has not happened yet. See {@link Natives#load}. */
  static void ensureLoaded() {
    Natives.load();
  }
}
