package dev.lowpass.runtime.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of which parts are in this process's memory, its libraries among them.
 *
 * @param paths absolute, as the kernel shows them
 */
record MappedFiles(List<String> paths) {
  MappedFiles {
    paths = List.copyOf(paths);
  }

  /** As of now; none where the system does not say. */
  static MappedFiles now() {
    try {
      return parse(Files.readAllLines(Path.of("/proc/self/maps")));
    } catch (IOException | RuntimeException unknown) {
      return new MappedFiles(List.of());
    }
  }

  /** Of lines as in {@code /proc/self/maps}: address, permissions, offset, device, inode, and path, if there is one. */
  static MappedFiles parse(List<String> lines) {
    List<String> paths = new ArrayList<>();
    for (String line : lines) {
      int path = line.indexOf('/');
      if (path >= 0) {
        paths.add(line.substring(path));
      }
    }
    return new MappedFiles(paths);
  }

  /** Whether there is one of that name in any folder, deleted since or not. */
  boolean contain(String fileName) {
    for (String path : paths) {
      if (path.endsWith("/" + fileName) || path.endsWith("/" + fileName + " (deleted)")) {
        return true;
      }
    }
    return false;
  }

  /** Whether the C library of this process is musl, for which Lowpass has no natives. */
  boolean isMusl() {
    for (String path : paths) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (name.startsWith("ld-musl-") || name.startsWith("libc.musl-")) {
        return true;
      }
    }
    return false;
  }
}
