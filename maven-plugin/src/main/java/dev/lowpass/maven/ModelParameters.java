package dev.lowpass.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** A {@code <model>} of the configuration, whose fields Maven fills in. They are what the command of their name takes. */
public final class ModelParameters {
  private static final String ONNX = ".onnx";

  private @Nullable File file;

  /** Of the artifact, without its ending; the file's unless given. */
  private @Nullable String name;

  private @Nullable File bands;
  private List<String> targets = List.of();
  private List<String> shapes = List.of();
  private @Nullable String precision;
  private @Nullable String inputSize;
  private @Nullable String inputCrop;
  private @Nullable String inputFilter;
  private boolean smallInput;
  private boolean dense;
  private boolean check = true;

  /** The private key to sign with. */
  private @Nullable File sign;

  /** What else the command takes, as it takes it. */
  private List<String> options = List.of();

  /**
   * What there is to do: an artifact for each target, named after the target where there are several.
   *
   * @param usualTargets for a model that names none
   * @param basedir from which relative names in options are read
   * @throws MojoFailureException LP7062 without a file
   */
  List<Task> toTasks(List<String> usualTargets, Path basedir, Path folder) throws MojoFailureException {
    if (file == null) {
      throw new MojoFailureException("LP7062 <model>: names no <file>; say which ONNX file it is");
    }
    List<String> all = targets.isEmpty() ? usualTargets : targets;
    List<Task> tasks = new ArrayList<>();
    for (String target : all) {
      String base = name == null ? withoutEnding(file.getName()) : name;
      Path artifact = folder.resolve(Task.artifactName(base, target, all.size() > 1));
      tasks.add(new Task(basedir, file.toPath(), target, artifact, arguments(target)));
    }
    return tasks;
  }

  private List<String> arguments(String target) {
    List<String> arguments = new ArrayList<>(List.of("--target", target));
    add(arguments, "--bands", bands);
    shapes.forEach(shape -> add(arguments, "--shape", shape));
    add(arguments, "--precision", precision);
    add(arguments, "--input-size", inputSize);
    add(arguments, "--input-crop", inputCrop);
    add(arguments, "--input-filter", inputFilter);
    add(arguments, "--sign", sign);
    addIf(smallInput, arguments, "--small-input");
    addIf(dense, arguments, "--dense");
    addIf(!check, arguments, "--no-check");
    arguments.addAll(options);
    return arguments;
  }

  private static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }

  private static void addIf(boolean given, List<String> arguments, String option) {
    if (given) {
      arguments.add(option);
    }
  }

  private static String withoutEnding(String file) {
    return file.endsWith(ONNX) ? file.substring(0, file.length() - ONNX.length()) : file;
  }
}
