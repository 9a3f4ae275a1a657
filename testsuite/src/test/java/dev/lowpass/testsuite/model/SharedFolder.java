package dev.lowpass.testsuite.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of models, images and bands that is not part of the repository. */
public final class SharedFolder {
  /** What a test says when it skips. */
  public static final String ABSENT = "no folder 'shared' beside the checkout, and LOWPASS_SHARED does not name one";

  private SharedFolder() {}

  /** The folder, if this machine has it. */
  public static Optional<Path> find() {
    String named = System.getenv("LOWPASS_SHARED");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(SharedFolder::hasModels);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (hasModels(folder.resolve("shared"))) {
        return Optional.of(folder.resolve("shared"));
      }
    }
    return Optional.empty();
  }

  /** A file in the folder, if this machine has it. */
  public static Optional<Path> find(String path) {
    return find().map(folder -> folder.resolve(path)).filter(Files::exists);
  }

  private static boolean hasModels(Path folder) {
    return Files.isDirectory(folder.resolve("models"));
  }
}
