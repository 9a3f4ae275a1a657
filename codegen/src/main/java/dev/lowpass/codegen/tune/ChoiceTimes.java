package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.ir.graph.Graph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long the choices of a plan's steps take, each beside the built-in one: what the cache does not know is timed, and
 * known from then on. All steps change at once, each to its i-th alternative in the i-th variant of the network, so that
 * a network of any length needs few variants. Steps that do the same share their times.
 */
final class ChoiceTimes {
  /** Variants built and timed together. */
  static final int TOGETHER = 6;

  private final Graph graph;
  private final Plan plan;
  private final Backend backend;
  private final List<Choice> builtIn;
  private final Duration budget;
  private final TuningListener listener;
  private final List<String> signatures;
  private final List<Integer> threads;
  private final TimeCache cache;
  private int measured;

  /** @param builtIn for each step of {@code plan}, which computes {@code graph} */
  ChoiceTimes(
      Graph graph,
      Plan plan,
      Backend backend,
      List<Choice> builtIn,
      Tuning.Search search,
      TuningListener listener) {
    this.graph = graph;
    this.plan = plan;
    this.backend = backend;
    this.builtIn = builtIn;
    this.budget = Duration.ofSeconds(search.breadth() == Breadth.FEW ? 10 : 20);
    this.listener = listener;
    this.signatures = plan.steps().stream().map(step -> StepSignature.of(plan, step)).toList();
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads = processors == 1 ? List.of(1) : List.of(1, processors);
    this.cache = TimeCache.of(search.cache(), header(backend));
  }

  /** Everything that times depend on besides the step, the choice and the threads. */
  private static List<String> header(Backend backend) {
    List<String> header = new ArrayList<>(List.of("lowpass times 1"));
    header.addAll(Circumstances.of(backend).lines());
    return header;
  }

  /** Numbers of threads with which everything is timed: one, and as many as there are processors. */
  List<Integer> threads() {
    return threads;
  }

  /** How many variants were timed; what the cache knew is not among them. */
  int measured() {
    return measured;
  }

  /** What the user should know of the cache. */
  List<String> remarks() {
    return cache.remarks();
  }

  /** The time of a choice, once it is measured; of the built-in one there is none. */
  Optional<TimeCache.Time> find(int step, Choice choice, int threads) {
    return cache.find(key(step, choice, threads));
  }

  /** How much longer {@code choice} takes than {@code other}. */
  double change(int step, Choice choice, Choice other, int threads) {
    return ratio(step, choice, threads) / ratio(step, other, threads);
  }

  private double ratio(int step, Choice choice, int threads) {
    return find(step, choice, threads).map(TimeCache.Time::ratio).orElse(1.0);
  }

  private TimeCache.Key key(int step, Choice choice, int threads) {
    return new TimeCache.Key(signatures.get(step), choice.toString(), threads);
  }

  /** Times all of {@code candidates}, which each step has some of, that are not known. */
  void measure(List<List<Choice>> candidates) {
    Map<String, Set<Choice>> unknown = unknown(candidates);
    int most = unknown.values().stream().mapToInt(Set::size).max().orElse(0);
    for (int first = 0; first < most; first += TOGETHER) {
      List<List<Choice>> variants = new ArrayList<>(List.of(builtIn));
      for (int i = first; i < Math.min(most, first + TOGETHER); i++) {
        variants.add(variant(unknown, i));
      }
      time(variants);
      cache.write();
    }
  }

  private Map<String, Set<Choice>> unknown(List<List<Choice>> candidates) {
    Map<String, Set<Choice>> unknown = new LinkedHashMap<>();
    for (int s = 0; s < candidates.size(); s++) {
      for (Choice choice : candidates.get(s)) {
        int step = s;
        if (!threads.stream().allMatch(count -> find(step, choice, count).isPresent())) {
          unknown.computeIfAbsent(signatures.get(s), _ -> new LinkedHashSet<>()).add(choice);
        }
      }
    }
    return unknown;
  }

  /** Each step's {@code i}-th choice, and the built-in one where a step has fewer. */
  private List<Choice> variant(Map<String, Set<Choice>> choices, int i) {
    List<Choice> variant = new ArrayList<>();
    for (int s = 0; s < builtIn.size(); s++) {
      List<Choice> own = List.copyOf(choices.getOrDefault(signatures.get(s), Set.of()));
      variant.add(i < own.size() ? own.get(i) : builtIn.get(s));
    }
    return variant;
  }

  /** @param variants the built-in choices first */
  private void time(List<List<Choice>> variants) {
    measured += variants.size() - 1;
    try (Trial trial = Trial.of(graph, plan, backend, variants, listener)) {
      for (int count : threads) {
        StepTimes times = new StepTimes(signatures, trial.time(count, budget, listener));
        for (int v = 1; v < variants.size(); v++) {
          for (int s = 0; s < signatures.size(); s++) {
            Choice choice = variants.get(v).get(s);
            if (!choice.equals(builtIn.get(s))) {
              cache.put(key(s, choice, count), times.of(v, s));
            }
          }
        }
      }
    }
  }
}
