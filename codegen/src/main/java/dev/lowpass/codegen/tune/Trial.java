package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.artifact.ArtifactWriter;
import dev.lowpass.codegen.artifact.TensorSpecs;
import dev.lowpass.codegen.build.LibraryBuilder;
import dev.lowpass.codegen.cpu.CpuEmitter;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.emit.Library;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.tir.CpuTarget;
import dev.lowpass.ir.Graph;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.interpreter.SeededInputs;
import dev.lowpass.runtime.ElementType;
import dev.lowpass.runtime.Model;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Session;
import dev.lowpass.runtime.SessionOptions;
import dev.lowpass.runtime.artifact.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
  private final Path file;
  private final Model model;

  private Trial(Graph graph, int steps, Path file, Model model) {
    this.graph = graph;
    this.steps = steps;
    this.file = file;
    this.model = model;
  }

  /** Builds {@code variants}, each a choice for every step. */
  static Trial of(Graph graph, Plan plan, CpuTarget target, List<List<Choice>> variants, Tuner.Listener listener) {
    // The first network of a round finds the input warmer than the others do, and is not counted.
    List<List<Choice>> run = new ArrayList<>(variants);
    run.addFirst(variants.getFirst());
    Library library = CpuEmitter.emitVariants(plan, target.machine(), run);
    LibraryBuilder builder = new LibraryBuilder(target);
    library.processor().forEach(builder::add);
    byte[] code = builder.build(done -> listener.at("tune: kernels", (double) done / library.processor().size()));
    try {
      Path file = Files.createTempFile("lowpass-tune-", ".lowpass");
      try {
        ArtifactWriter.write(
            file, manifest(plan, target, library, run.size()), code, ByteBuffer.wrap(library.parameters()));
        return new Trial(graph, plan.steps().size(), file, Model.load(file));
      } catch (RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifest manifest(Plan plan, CpuTarget target, Library library, int networks) {
    List<String> steps = new ArrayList<>();
    Collections.nCopies(networks, plan.steps()).forEach(all -> all.forEach(step -> steps.add(step.name())));
    return new Manifest(
        new Manifest.Source(plan.name(), "", TensorSpecs.of(plan.inputs()), TensorSpecs.of(plan.outputs())),
        new Manifest.Target(target.name(), "linux-x86_64", "cpu", target.requiredFlags()),
        new Manifest.Memory(
            library.parameters().length,
            Math.max(Manifest.ARENA_ALIGNMENT, library.scratchElements() * 4),
            library.privateElements() * 4),
        steps,
        new Manifest.Build("trial", Map.of()),
        Map.of());
  }

  /**
   * Microseconds [round][variant · steps + step], by as many rounds as fit into {@code budget}, but at least some.
   */
  List<double[]> time(int threads, Duration budget, Tuner.Listener listener) {
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
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
