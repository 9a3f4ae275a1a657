package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;

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
    /** A library that others are linked to, by its name: a process has room for one. */
    LINK,
    /** A library with the native methods of classes: each class loader that has these loads a copy of its own. */
    LOAD,
    /** A program to be run as a process of its own. */
    EXECUTE
  }

  public NativeLibrary {
    if (fileName.isEmpty() || fileName.startsWith(".") || fileName.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a plain file name: " + fileName);
    }
  }

  /** The bytes. Not by way of Java's cache of open jars, which would keep them after their class loader is gone. */
  InputStream open() throws IOException {
    URLConnection connection = content.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }
}
