package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.artifact.ArtifactWriter;
import dev.lowpass.codegen.artifact.Sections;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.CompiledPlan;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.artifact.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whole networks timed side by side, step by step: one library holds all variants, and every round runs one network
 * after the other. So each step finds its weights as cold as an inference does, and a machine that changes its speed
 * changes it for all.
 */
final class Trial implements AutoCloseable {
  private static final int LEAST_ROUNDS = 6;
  private static final int MOST_ROUNDS = 400;
  private static final long SEED = 1;

  private final Graph graph;
  private final int steps;
  private final TemporaryFolder folder;
  private final Model model;

  private Trial(Graph graph, int steps, TemporaryFolder folder, Model model) {
    this.graph = graph;
    this.steps = steps;
    this.folder = folder;
    this.model = model;
  }

  /** Builds {@code variants}, each a choice for every step. */
  static Trial of(Graph graph, Plan plan, Backend backend, List<List<Choice>> variants, TuningListener listener) {
    // The first network of a round finds the input warmer than the others do, and is not counted.
    List<List<Choice>> run = new ArrayList<>(variants);
    run.addFirst(variants.getFirst());
    Library library = backend.emit(plan, run);
    Sections sections =
        backend.build(library, done -> listener.at("tune: kernels", (double) done / library.functions()));
    CompiledPlan compiled = new CompiledPlan(backend, plan, run.size(), library, sections);
    try {
      TemporaryFolder folder = TemporaryFolder.create("tune");
      try {
        Path file = folder.path().resolve("trial.lowpass");
        Manifest manifest = compiled.manifest(plan.name(), "", new Manifest.Build("trial", Map.of()), Map.of());
        ArtifactWriter.write(file, manifest, sections);
        return new Trial(graph, plan.steps().size(), folder, Model.load(file));
      } catch (RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Microseconds [round][variant · steps + step], by as many rounds as fit into {@code budget}, but at least some.
   */
  List<double[]> time(int threads, Duration budget, TuningListener listener) {
    List<double[]> rounds = new ArrayList<>();
    try (Session session = model.newSession(SessionOptions.threads(threads))) {
      for (Map.Entry<String, Tensor> input : SeededInputs.of(graph, SEED).entrySet()) {
        fill(session.input(input.getKey()), input.getValue());
      }
      session.profile(1);
      long start = System.nanoTime();
      while (rounds.size() < MOST_ROUNDS) {
        double part = (double) (System.nanoTime() - start) / budget.toNanos();
        if (part >= 1 && rounds.size() >= LEAST_ROUNDS) {
          break;
        }
        listener.at("tune: time with %d thread(s)".formatted(threads), Math.min(part, 1));
        List<Profile.Step> profile = session.profile(1).steps();
        rounds.add(profile.subList(steps, profile.size()).stream().mapToDouble(Profile.Step::microseconds).toArray());
      }
    }
    return rounds;
  }

  private static void fill(dev.lowpass.runtime.Tensor bound, Tensor value) {
    if (bound.type() == ElementType.F32) {
      bound.floatBuffer().put(value.floats());
    }
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
