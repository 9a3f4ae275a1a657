package dev.lowpass.codegen;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Precision;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.artifact.FileLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** From a trained ONNX model to an artifact. Stateless, and safe to use from several threads. */
public final class Compiler {
  private final Consumer<String> printer;

  /** A compiler that drops what options of passes ask to print. */
  public Compiler() {
    this(_ -> {});
  }

  /** A compiler that sends what options of passes ask to print to {@code printer}. */
  public Compiler(Consumer<String> printer) {
    this.printer = printer;
  }

  /**
   * Compiles the model in a file.
   *
   * @throws LowpassException for whatever is wrong with the model or the options
   */
  public Compilation compile(Path model, CompileOptions options, Progress progress) {
    return compile(model, List.of(options), progress).first();
  }

  /**
   * Compiles the model in a file for several sizes.
   *
   * @param sizes what is asked for each size; they are for one target
   * @throws LowpassException for whatever is wrong with the model or the options; LP4028 for sizes that cannot be told
   *     apart, or more than an artifact has
   */
  public CompiledSizes compile(Path model, List<CompileOptions> sizes, Progress progress) {
    requireSizes(model.toString(), sizes.size());
    return compile(sizes.stream().map(options -> new Task(options, () -> SourceModel.read(model, options))).toList(), progress);
  }

  /** Compiles a graph, for instance one of IR text. */
  public Compilation compile(Graph graph, CompileOptions options, Progress progress) {
    return compile(List.of(graph), options, progress).first();
  }

  /** Compiles graphs that are one model at several sizes. */
  public CompiledSizes compile(List<Graph> sizes, CompileOptions options, Progress progress) {
    requireSizes(sizes.getFirst().name(), sizes.size());
    return compile(sizes.stream().map(graph -> new Task(options, () -> SourceModel.of(graph, options))).toList(), progress);
  }

  private static void requireSizes(String model, int count) {
    if (count > FileLayout.MAX_SIZES) {
      throw new LowpassException(
          "LP4028", model, "%d sizes; an artifact has at most %d".formatted(count, FileLayout.MAX_SIZES));
    }
  }

  /** One size to be compiled. */
  private record Task(CompileOptions options, Supplier<SourceModel> model) {}

  private CompiledSizes compile(List<Task> tasks, Progress progress) {
    CompileOptions asked = tasks.getFirst().options();
    Optional<Precision> precision = asked.precision().precision();
    return precision.isPresent()
        ? compile(tasks, Backends.parse(asked.target(), precision.orElseThrow()), progress)
        : compileWhereClose(tasks, asked.target(), progress);
  }

  /** In the first of the target's precisions in which the answer of every size is close to that of single precision. */
  private CompiledSizes compileWhereClose(List<Task> tasks, String target, Progress progress) {
    for (Backend rounding : Backends.rounding(target)) {
      try {
        return compile(tasks, rounding, progress);
      } catch (RoundedTooFar tooFar) {
        printer.accept(tooFar.getMessage() + "; products do not multiply in it");
      }
    }
    return compile(tasks, Backends.parse(target), progress);
  }

  private CompiledSizes compile(List<Task> tasks, Backend backend, Progress progress) {
    if (tasks.stream().anyMatch(task -> task.options().check())) {
      backend.requireHere();
    }
    JointArtifact artifact = new JointArtifact();
    List<Compilation> compiled = new ArrayList<>();
    List<SeededCheck> checks = new ArrayList<>();
    for (Task task : tasks) {
      Progress part = new SizeProgress(progress, compiled.size(), tasks.size());
      CompilationRun run = new CompilationRun(task.options(), backend, artifact, printer, part);
      CompilationRun.Outcome outcome = run.compile(task.model());
      compiled.add(outcome.compilation());
      outcome.check().ifPresent(checks::add);
    }
    CompiledSizes sizes = new CompiledSizes(compiled);
    if (!checks.isEmpty()) {
      check(sizes, checks);
    }
    progress.stage("done", 1, 1);
    return sizes;
  }

  /** All that was compiled, as a program would run it. */
  private static void check(CompiledSizes sizes, List<SeededCheck> checks) {
    try (TemporaryFolder folder = TemporaryFolder.create("check")) {
      Path file = folder.path().resolve("check.lowpass");
      sizes.writeTo(file);
      try (Model model = Model.load(file)) {
        checks.forEach(check -> check.whole(model));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
