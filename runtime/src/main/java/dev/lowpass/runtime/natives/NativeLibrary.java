package dev.lowpass.runtime.natives;

import java.net.URL;

/**
 * One file of a set of native libraries.
 *
 * @param fileName the name that the file gets on disk, which is what other libraries ask the system's loader for
 * @param content where its bytes are
 * @param use what happens to the file once it is on disk
 */
public record NativeLibrary(String fileName, URL content, Use use) {
  /** What a file is for. */
  public enum Use {
    /** A library to be loaded into this process. */
    LOAD,
    /** A program to be run as a process of its own. */
    EXECUTE
  }

  public NativeLibrary {
    if (fileName.isEmpty() || fileName.startsWith(".") || fileName.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a plain file name: " + fileName);
    }
  }
}
