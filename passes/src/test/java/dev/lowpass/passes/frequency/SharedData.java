package dev.lowpass.passes.frequency;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Models and thresholds in a folder {@code shared} beside the checkout, or where the environment variable {@code
 * LOWPASS_SHARED} says. A fresh clone has none; tests that need them skip.
 */
public final class SharedData {
  private SharedData() {}

  /** The file {@code path} of the shared data, if it is there. */
  public static Optional<Path> find(String path) {
    String given = System.getenv("LOWPASS_SHARED");
    if (given != null) {
      return Optional.of(Path.of(given, path)).filter(Files::exists);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return Optional.of(folder.resolveSibling("shared").resolve(path)).filter(Files::exists);
      }
    }
    return Optional.empty();
  }
}
