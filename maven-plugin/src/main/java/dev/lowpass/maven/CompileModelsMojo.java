package dev.lowpass.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * Compiles ONNX models to artifacts that lie among the project's resources. Nothing is compiled again whose model, bands,
 * options and compiler are what they were. The compiler runs in a process of its own, on a JDK 25 or newer.
 */
@Mojo(name = "compile-models", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public final class CompileModelsMojo extends AbstractMojo {
  private static final String JDK = "jdk";

  private final ToolchainManager toolchains;

  /** What to compile. */
  @Parameter(required = true)
  private List<ModelParameters> models = List.of();

  /**
   * What models are compiled for that do not say it themselves, each an artifact of its own. The name {@code cpu} stands
   * for the processor of the machine that builds: only with other names does every machine build the same.
   */
  @Parameter(defaultValue = "cpu:x86-64-v3")
  private List<String> targets = List.of();

  /** The folder for artifacts. */
  @Parameter(defaultValue = "${project.build.outputDirectory}/models")
  private File outputDirectory = new File("");

  /** The folder for what is known of the artifacts: what they were made of, and what the compiler said. */
  @Parameter(defaultValue = "${project.build.directory}/lowpass/${mojo.executionId}")
  private File stateDirectory = new File("");

  /** The JDK for the compiler; unless given, one of Maven's toolchains, that of Maven, or one that is found here. */
  @Parameter(property = "lowpass.jdk")
  private @Nullable File jdk;

  /** Options for the compiler's JVM, for instance {@code -Xmx8g}. */
  @Parameter
  private List<String> jvmArguments = List.of();

  /** Compiles nothing. */
  @Parameter(property = "lowpass.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private @Nullable MavenSession session;

  @Parameter(defaultValue = "${basedir}", readonly = true, required = true)
  private File basedir = new File("");

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> classPath = List.of();

  @Inject
  CompileModelsMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("Models are not compiled: lowpass.skip is set");
      return;
    }
    try {
      CompilerJars jars = new CompilerJars(classPath.stream().map(artifact -> artifact.getFile().toPath()).toList());
      String compiler = jars.hash();
      List<Task> stale = new ArrayList<>();
      for (Task task : tasks()) {
        if (stamp(task, compiler).holds()) {
          getLog().info(shown(task.artifact()) + " is up to date");
        } else {
          stale.add(task);
        }
      }
      if (!stale.isEmpty()) {
        compile(stale, jars, compiler);
      }
    } catch (IOException e) {
      throw new MojoExecutionException("LP7001 models: cannot be compiled: " + e, e);
    }
  }

  private void compile(List<Task> stale, CompilerJars jars, String compiler)
      throws IOException, MojoExecutionException, MojoFailureException {
    Path home = jdk == null ? JdkSearch.here(fromToolchains()).find() : JdkSearch.require(jdk.toPath());
    getLog().debug("The compiler runs on " + home);
    CompilerProcess process = new CompilerProcess(home, jvmArguments, jars, getLog());
    for (Task task : stale) {
      getLog().info("Compiling %s for %s".formatted(shown(task.model()), task.target()));
      Stamp stamp = stamp(task, compiler);
      stamp.delete();
      CompilerReport report = process.compile(task, stateFile(task, ".json"));
      stamp.write(report.externalData());
      getLog().info("%s: %s".formatted(shown(task.artifact()), report.summary()));
    }
  }

  /** What the build has chosen, and what the user has listed. */
  private List<Path> fromToolchains() {
    List<Toolchain> known = new ArrayList<>();
    Optional.ofNullable(toolchains.getToolchainFromBuildContext(JDK, session)).ifPresent(known::add);
    known.addAll(toolchains.getToolchains(session, JDK, Map.of("version", "[" + JdkSearch.OLDEST + ",)")));
    return known.stream()
        .map(toolchain -> toolchain.findTool("java"))
        .filter(Objects::nonNull)
        .map(java -> Path.of(java).resolve("../..").normalize())
        .toList();
  }

  /** One for each artifact; two of one name would overwrite each other. */
  private List<Task> tasks() throws MojoFailureException {
    Map<Path, Task> tasks = new LinkedHashMap<>();
    for (ModelParameters model : models) {
      for (Task task : model.toTasks(targets, basedir.toPath(), outputDirectory.toPath())) {
        if (tasks.put(task.artifact(), task) != null) {
          String problem = "LP7061 %s: two models have this artifact; give one of them another <name>";
          throw new MojoFailureException(problem.formatted(shown(task.artifact())));
        }
      }
    }
    return List.copyOf(tasks.values());
  }

  private Stamp stamp(Task task, String compiler) {
    return new Stamp(stateFile(task, ".stamp"), compiler, task);
  }

  private Path stateFile(Task task, String ending) {
    return stateDirectory.toPath().resolve(task.artifact().getFileName() + ending);
  }

  private Path shown(Path file) {
    return file.startsWith(basedir.toPath()) ? basedir.toPath().relativize(file) : file;
  }
}
