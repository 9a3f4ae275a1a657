package dev.lowpass.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An artifact to be made.
 *
 * @param folder from which relative names in options are read
 * @param options of the command, without the model and the artifact
 */
record Task(Path folder, Path model, String target, Path artifact, List<String> options) {
  Task {
    options = List.copyOf(options);
  }

  /**
   * The file of an artifact, for instance {@code classifier-cpu-x86-64-v3.lowpass}.
   *
   * @param several whether there are others of this base name, for other targets
   */
  static String artifactName(String base, String target, boolean several) {
    return base + (several ? "-" + target.replaceAll("[^A-Za-z0-9.]+", "-") : "") + ".lowpass";
  }

  /** What {@code lowpass} is called with. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("compile", model.toString(), "--output", artifact.toString()));
    arguments.addAll(options);
    arguments.add("--json");
    return arguments;
  }

  /** The model, and what options name that is a file: bands, keys, prices, {@code image=photo.png}. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(model));
    for (String option : options) {
      Path named = folder.resolve(option.substring(option.indexOf('=') + 1));
      if (Files.isRegularFile(named)) {
        files.add(named);
      }
    }
    return files;
  }
}
