package dev.lowpass.codegen.tune;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.cpu.choice.Breadth;
import dev.lowpass.codegen.cpu.choice.Choice;
import dev.lowpass.codegen.cpu.choice.ChoiceSpace;
import dev.lowpass.codegen.cpu.choice.Knob;
import dev.lowpass.codegen.plan.Plan;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a choice for each step by timing. From the built-in choice it goes to the best one around, and on from there
 * while that helps.
 */
final class Tuner {
  /** A choice must be this much faster than the one it replaces; what is less may be chance. */
  private static final double WORTHWHILE = 0.97;

  /** How much slower a choice may be with the number of threads that it was not made for. */
  private static final double TOLERABLE = 1.03;

  private static final int MOST_WALKS = 3;

  private final List<Step> steps;
  private final Breadth breadth;
  private final ChoiceSpace space;
  private final List<Choice> builtIn;
  private final ChoiceTimes times;

  private Tuner(
      Graph graph, Plan plan, Backend backend, ChoiceSpace space, Tuning.Search search, TuningListener listener) {
    this.steps = plan.steps();
    this.breadth = search.breadth();
    this.space = space;
    this.builtIn = steps.stream().map(space::builtIn).toList();
    this.times = new ChoiceTimes(graph, plan, backend, builtIn, search, listener);
  }

  /** Searches around the built-in choices of {@code plan}, which computes {@code graph}. This machine must run it. */
  static TuningResult tune(
      Graph graph, Plan plan, Backend backend, ChoiceSpace space, Tuning.Search search, TuningListener listener) {
    return new Tuner(graph, plan, backend, space, search, listener).run();
  }

  private TuningResult run() {
    List<Choice> centres = builtIn;
    for (int walks = breadth == Breadth.FEW ? 1 : MOST_WALKS; walks > 0; walks--) {
      List<Choice> next = walk(centres);
      if (next.equals(centres)) {
        break;
      }
      centres = next;
    }
    List<String> remarks = new ArrayList<>(times.remarks());
    remarks.add(summary(centres));
    return new TuningResult(centres, remarks);
  }

  /** For each step the best choice around its centre, or the centre. */
  private List<Choice> walk(List<Choice> centres) {
    List<List<Choice>> candidates = new ArrayList<>();
    for (int s = 0; s < steps.size(); s++) {
      candidates.add(candidates(s, centres.get(s)));
    }
    times.measure(candidates);
    List<Choice> best = new ArrayList<>();
    for (int s = 0; s < steps.size(); s++) {
      best.add(best(s, centres.get(s), candidates.get(s)));
    }
    return best;
  }

  /** What to try around a step's centre; as many as are timed together where the search is to be short. */
  private List<Choice> candidates(int step, Choice centre) {
    long most = breadth == Breadth.FEW ? ChoiceTimes.TOGETHER : Long.MAX_VALUE;
    return space.around(steps.get(step), centre, breadth).stream()
        .filter(choice -> times.threads().size() > 1 || !isAboutThreads(choice, centre))
        .filter(choice -> !choice.equals(builtIn.get(step)))
        .limit(most)
        .toList();
  }

  private static boolean isAboutThreads(Choice choice, Choice centre) {
    return choice.differences(centre).stream().allMatch(Knob::isAboutThreads);
  }

  private Choice best(int step, Choice centre, List<Choice> candidates) {
    Choice best = centre;
    double least = WORTHWHILE;
    for (Choice choice : candidates) {
      boolean aboutThreads = isAboutThreads(choice, centre);
      double own = 1;
      boolean harmless = true;
      for (int count : times.threads()) {
        double change = times.change(step, choice, centre, count);
        if (aboutThreads == (count > 1)) {
          own = change;
        } else {
          harmless &= change < TOLERABLE;
        }
      }
      if (own < least && harmless) {
        best = choice;
        least = own;
      }
    }
    return best;
  }

  private String summary(List<Choice> chosen) {
    int changed = 0;
    double before = 0;
    double after = 0;
    for (int s = 0; s < chosen.size(); s++) {
      if (!chosen.get(s).equals(builtIn.get(s))) {
        TimeCache.Time time = times.find(s, chosen.get(s), 1).orElseThrow();
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
    String effort =
        times.measured() == 0 ? "all times were in the cache" : "%d variants were timed".formatted(times.measured());
    return "tuned: " + gain + "; " + effort;
  }
}
