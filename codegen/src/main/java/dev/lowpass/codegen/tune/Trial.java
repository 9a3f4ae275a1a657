package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.runtime.Profile;
import dev.lowpass.runtime.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole networks timed side by side, step by step: one library holds all variants, and every round runs one network
 * after the other. So each step finds its weights as cold as an inference does, and a machine that changes its speed
 * changes it for all.
 */
final class Trial implements AutoCloseable {
  private static final int LEAST_ROUNDS = 6;
  private static final int MOST_ROUNDS = 400;

  private final int steps;
  private final LoadedCode code;

  private Trial(int steps, LoadedCode code) {
    this.steps = steps;
    this.code = code;
  }

  /** Builds {@code variants}, each a choice for every step. */
  static Trial of(Graph graph, Plan plan, Backend backend, List<List<Choice>> variants, TuningListener listener) {
    // The first network of a round finds the input warmer than the others do, and is not counted.
    List<List<Choice>> run = new ArrayList<>(variants);
    run.addFirst(variants.getFirst());
    LoadedCode code = LoadedCode.of(graph, plan, backend, run, part -> listener.at("tune: kernels", part));
    return new Trial(plan.steps().size(), code);
  }

  /**
   * Microseconds [round][variant · steps + step], by as many rounds as fit into {@code budget}, but at least some.
   */
  List<double[]> time(int threads, Duration budget, TuningListener listener) {
    List<double[]> rounds = new ArrayList<>();
    try (Session session = code.newSession(threads)) {
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

  @Override
  public void close() {
    code.close();
  }
}
