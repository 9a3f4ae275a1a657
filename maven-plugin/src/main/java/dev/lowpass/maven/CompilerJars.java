package dev.lowpass.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The class path of the compiler's process. */
record CompilerJars(List<Path> files) {
  private static final String OURS = "lowpass-";

  CompilerJars {
    files = List.copyOf(files);
  }

  String classPath() {
    return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * By which one compiler is told from another: names, which have versions, and contents of our own jars, since versions
   * that are not released change.
   */
  String hash() throws IOException {
    Sha256 hash = new Sha256();
    for (Path file : files) {
      String name = file.getFileName().toString();
      hash.add(name);
      if (name.startsWith(OURS)) {
        hash.add(Sha256.of(file));
      }
    }
    return hash.toString();
  }
}
