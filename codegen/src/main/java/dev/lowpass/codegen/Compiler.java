package dev.lowpass.codegen;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.ir.graph.Graph;
import java.nio.file.Path;
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
   * @throws dev.lowpass.ir.LowpassException for whatever is wrong with the model or the options
   */
  public Compilation compile(Path model, CompileOptions options, Progress progress) {
    return compile(() -> SourceModel.read(model, options), options, progress);
  }

  /** Compiles a graph, for instance one of IR text. */
  public Compilation compile(Graph graph, CompileOptions options, Progress progress) {
    return compile(() -> SourceModel.of(graph, options), options, progress);
  }

  private Compilation compile(Supplier<SourceModel> model, CompileOptions options, Progress progress) {
    Backend backend = Backends.parse(options.target());
    if (options.check()) {
      backend.requireHere();
    }
    return new CompilationRun(options, backend, printer, progress).compile(model);
  }
}
