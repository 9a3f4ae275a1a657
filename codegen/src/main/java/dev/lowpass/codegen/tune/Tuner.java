package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.cpu.SearchSpace;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.codegen.tir.CpuTarget;
import dev.lowpass.ir.Graph;
import dev.lowpass.runtime.artifact.Processor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds a choice for each step by timing. From the built-in choice it goes to the best one around, and on from there
 * while that helps. All steps change at once, each to its i-th alternative in the i-th variant of the network, so that a
 * network of any length needs few variants. Steps that do the same share their times.
 */
public final class Tuner {
  /** A choice must be this much faster than the one it replaces; what is less may be chance. */
  private static final double WORTHWHILE = 0.97;

  /** How much slower a choice may be with the number of threads that it was not made for. */
  private static final double TOLERABLE = 1.03;

  /** Variants built and timed together. */
  private static final int TOGETHER = 6;

  /** Hears how far the search is: {@code part} of what it does now, 0 to 1. */
  @FunctionalInterface
  public interface Listener {
    void at(String what, double part);
  }

  private final Graph graph;
  private final Plan plan;
  private final CpuTarget target;
  private final Tuning.Search search;
  private final Listener listener;
  private final SearchSpace space;
  private final List<String> signatures;
  private final List<Integer> threads;
  private final TimeCache cache;
  private int measured;

  private Tuner(Graph graph, Plan plan, CpuTarget target, Tuning.Search search, Listener listener) {
    this.graph = graph;
    this.plan = plan;
    this.target = target;
    this.search = search;
    this.listener = listener;
    this.space = new SearchSpace(target.machine());
    this.signatures = plan.steps().stream().map(step -> StepSignature.of(plan, step)).toList();
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads = processors == 1 ? List.of(1) : List.of(1, processors);
    this.cache =
        TimeCache.of(
            search.cache(),
            List.of(
                "lowpass times 1",
                "processor %s, %d of them, flags #%s"
                    .formatted(Processor.model(), processors, Digest.of(Processor.features().toString())),
                "target " + target.name(),
                "kernels #" + KernelVersion.current()));
  }

  /** Searches around the built-in choices of {@code plan}, which computes {@code graph}. This machine must run it. */
  public static TuningResult tune(Graph graph, Plan plan, CpuTarget target, Tuning.Search search, Listener listener) {
    return new Tuner(graph, plan, target, search, listener).run();
  }

  private TuningResult run() {
    List<Choice> builtIn = plan.steps().stream().map(space::builtIn).toList();
    List<Choice> centres = builtIn;
    int most = search.breadth() == Breadth.FEW ? 1 : 3;
    for (int walk = 0; walk < most; walk++) {
      List<List<Choice>> candidates = candidates(centres, builtIn);
      measure(builtIn, candidates);
      List<Choice> next = new ArrayList<>();
      for (int s = 0; s < centres.size(); s++) {
        next.add(best(s, centres.get(s), candidates.get(s)));
      }
      boolean arrived = next.equals(centres);
      centres = next;
      if (arrived) {
        break;
      }
    }
    List<String> remarks = new ArrayList<>(cache.remarks());
    remarks.add(summary(builtIn, centres));
    return new TuningResult(centres, remarks);
  }

  /** For each step what to try around its centre; as many as are timed together where the search is to be short. */
  private List<List<Choice>> candidates(List<Choice> centres, List<Choice> builtIn) {
    List<List<Choice>> candidates = new ArrayList<>();
    for (int s = 0; s < centres.size(); s++) {
      Step step = plan.steps().get(s);
      Choice centre = centres.get(s);
      List<Choice> around =
          new ArrayList<>(
              space.around(step, centre, search.breadth()).stream()
                  .filter(choice -> threads.size() > 1 || !isAboutThreads(choice, centre))
                  .toList());
      around.remove(builtIn.get(s));
      candidates.add(
          search.breadth() == Breadth.FEW
              ? around.subList(0, Math.min(TOGETHER, around.size()))
              : around);
    }
    return candidates;
  }

  private static boolean isAboutThreads(Choice choice, Choice centre) {
    return choice.differences(centre).stream().allMatch(Knob::isAboutThreads);
  }

  /** Times all candidates that the cache does not know. */
  private void measure(List<Choice> builtIn, List<List<Choice>> candidates) {
    Map<String, Set<Choice>> unknown = new LinkedHashMap<>();
    for (int s = 0; s < candidates.size(); s++) {
      for (Choice choice : candidates.get(s)) {
        if (!isKnown(s, choice)) {
          unknown.computeIfAbsent(signatures.get(s), _ -> new LinkedHashSet<>()).add(choice);
        }
      }
    }
    int most = unknown.values().stream().mapToInt(Set::size).max().orElse(0);
    for (int first = 0; first < most; first += TOGETHER) {
      List<List<Choice>> variants = new ArrayList<>(List.of(builtIn));
      for (int i = first; i < Math.min(most, first + TOGETHER); i++) {
        List<Choice> variant = new ArrayList<>();
        for (int s = 0; s < builtIn.size(); s++) {
          List<Choice> own = List.copyOf(unknown.getOrDefault(signatures.get(s), Set.of()));
          variant.add(i < own.size() ? own.get(i) : builtIn.get(s));
        }
        variants.add(variant);
      }
      measure(variants);
      cache.write();
    }
  }

  private void measure(List<List<Choice>> variants) {
    measured += variants.size() - 1;
    Duration budget = Duration.ofSeconds(search.breadth() == Breadth.FEW ? 10 : 20);
    try (Trial trial = Trial.of(graph, plan, target, variants, listener)) {
      for (int count : threads) {
        StepTimes times = new StepTimes(signatures, trial.time(count, budget, listener));
        for (int v = 1; v < variants.size(); v++) {
          for (int s = 0; s < signatures.size(); s++) {
            Choice choice = variants.get(v).get(s);
            if (!choice.equals(variants.getFirst().get(s))) {
              cache.put(key(s, choice, count), times.of(v, s));
            }
          }
        }
      }
    }
  }

  private TimeCache.Key key(int step, Choice choice, int threads) {
    return new TimeCache.Key(signatures.get(step), choice.toString(), threads);
  }

  private boolean isKnown(int step, Choice choice) {
    return threads.stream().allMatch(count -> cache.find(key(step, choice, count)).isPresent());
  }

  /** The time of a choice relative to the built-in one's, for which there is no entry. */
  private double ratio(int step, Choice choice, int threads) {
    return cache.find(key(step, choice, threads)).map(TimeCache.Time::ratio).orElse(1.0);
  }

  private Choice best(int step, Choice centre, List<Choice> candidates) {
    Choice best = centre;
    double gain = WORTHWHILE;
    for (Choice choice : candidates) {
      boolean aboutThreads = isAboutThreads(choice, centre);
      double own = 1;
      boolean harmless = true;
      for (int count : threads) {
        double change = ratio(step, choice, count) / ratio(step, centre, count);
        if (aboutThreads == (count > 1)) {
          own = change;
        } else {
          harmless &= change < TOLERABLE;
        }
      }
      if (own < gain && harmless) {
        best = choice;
        gain = own;
      }
    }
    return best;
  }

  private String summary(List<Choice> builtIn, List<Choice> chosen) {
    int changed = 0;
    double before = 0;
    double after = 0;
    for (int s = 0; s < chosen.size(); s++) {
      if (!chosen.get(s).equals(builtIn.get(s))) {
        TimeCache.Time time = cache.find(key(s, chosen.get(s), 1)).orElseThrow();
        changed++;
        before += time.builtIn();
        after += time.microseconds();
      }
    }
    String gain =
        changed == 0
            ? "no step gains on its built-in choice"
            : "%d of %d steps gain on their built-in choice, and take %.0f us instead of %.0f with one thread"
                .formatted(changed, chosen.size(), after, before);
    String effort = measured == 0 ? "all times were in the cache" : "%d variants were timed".formatted(measured);
    return "tuned: " + gain + "; " + effort;
  }
}
