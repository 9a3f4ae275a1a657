package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.artifact.ArtifactWriter;
import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.artifact.Tensors;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.emit.Parameters;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.ir.limit.Limit;
import dev.lowpass.ir.limit.Limits;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.artifact.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** A plan, compiled and loaded to be timed, perhaps with several choices for its steps, one after the other. */
public final class LoadedCode implements AutoCloseable {
  private static final long SEED = 1;

  private final Graph graph;
  private final TemporaryFolder folder;
  private final Model model;

  private LoadedCode(Graph graph, TemporaryFolder folder, Model model) {
    this.graph = graph;
    this.folder = folder;
    this.model = model;
  }

  /** Compiles {@code plan} as built in. */
  public static LoadedCode of(Graph graph, Plan plan, Backend backend, DoubleConsumer compiled) {
    return of(graph, plan, backend, List.of(Chooser.builtIn(backend, plan)), compiled);
  }

  /**
   * Compiles {@code plan}, which computes {@code graph}.
   *
   * @param variants each a choice for every step
   * @param compiled hears which part of the code is compiled, up to 1
   */
  static LoadedCode of(
      Graph graph, Plan plan, Backend backend, List<List<Choice>> variants, DoubleConsumer compiled) {
    Library library = backend.emit(plan, variants, new Parameters());
    // Of many variants, of which an artifact gets one.
    Limits limits = Limits.usual().with(Limit.CODE, Limit.CODE.most());
    Sections sections = backend.build(library, limits, done -> compiled.accept((double) done / library.functions()));
    CompiledPlan code = new CompiledPlan(backend, plan, variants.size(), library, sections);
    try {
      TemporaryFolder folder = TemporaryFolder.create("tune");
      try {
        Path file = folder.path().resolve("trial.lowpass");
        Manifest manifest = code.manifest(new Manifest.Source(plan.name(), ""), new Manifest.Build("trial", Map.of()), Map.of());
        ArtifactWriter.write(file, manifest, sections);
        return new LoadedCode(graph, folder, Model.load(file));
      } catch (RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A session with seeded inputs, ready to run. */
  public Session newSession(int threads) {
    Session session = model.newSession(SessionOptions.threads(threads));
    for (Map.Entry<String, Tensor> input : SeededInputs.of(graph, SEED).entrySet()) {
      Tensors.copy(input.getValue(), session.input(input.getKey()));
    }
    return session;
  }

  @Override
  public void close() {
    model.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
