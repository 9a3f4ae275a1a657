package dev.lowpass.testsuite.fit;

import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.cost.Prices;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.testsuite.model.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Whether the cost decision is right: {@code CompareForms MODEL BANDS [TARGET [TURNS [FOLDER]]]} compiles a model with
 * no layer low-passed, with all, and as chosen, and prints the time of every stretch of the network between values that
 * all three compute in a step of their own. BANDS is a bands file's name or a rule as for {@link SyntheticBands}.
 */
public final class CompareForms {
  private CompareForms() {}

  public static void main(String[] arguments) throws IOException {
    Workload workload = new Workload(TestModel.of(arguments[0]), arguments[1]);
    String target = arguments.length > 2 ? arguments[2] : "cpu";
    int turns = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 100;
    Path folder = arguments.length > 4 ? Path.of(arguments[4]) : Files.createTempDirectory("forms");
    Files.createDirectories(folder);
    Machine machine = Backends.parse(target).machine();
    CostModel costs = Prices.of(machine);
    List<Contestant> contestants = new ArrayList<>();
    for (ChooseForms.Mode mode : ChooseForms.Mode.values()) {
      ChooseForms choice = new ChooseForms(new ChooseForms.Options(mode));
      Path artifact = folder.resolve("%s-%s-%s.lowpass".formatted(workload.model(), workload.form(), mode));
      contestants.add(Contestant.of(workload.graph(choice, PassContext.of(machine)), target, artifact));
    }
    List<double[]> times = new Stopwatch(contestants).measure(turns);
    List<SequencedMap<String, Double>> clocks = new ArrayList<>();
    List<SequencedMap<String, Double>> predicted = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      clocks.add(clock(contestants.get(i), times.get(i)));
      predicted.add(clock(contestants.get(i), predictions(contestants.get(i), costs)));
    }
    print(clocks, predicted);
    contestants.forEach(Contestant::close);
  }

  private static double[] predictions(Contestant contestant, CostModel costs) {
    return contestant.nodes().stream().mapToDouble(nodes -> nodes.stream().mapToDouble(costs::of).sum()).toArray();
  }

  /** When each step's value is done, in microseconds from the start. */
  private static SequencedMap<String, Double> clock(Contestant contestant, double[] times) {
    SequencedMap<String, Double> clock = new LinkedHashMap<>();
    double now = 0;
    for (int i = 0; i < times.length; i++) {
      Step step = contestant.plan().steps().get(i);
      now += times[i];
      clock.put(step.output().name(), now);
    }
    return clock;
  }

  private static void print(List<SequencedMap<String, Double>> clocks, List<SequencedMap<String, Double>> predicted) {
    System.out.printf("%-24s %9s %9s %9s   %s%n", "microseconds up to", "auto", "all", "none", "(predicted)");
    String before = "";
    String last = clocks.getFirst().sequencedKeySet().getLast();
    for (String value : clocks.getFirst().keySet()) {
      if (clocks.stream().allMatch(clock -> clock.containsKey(value))) {
        System.out.println(row(value, before, value, clocks, predicted));
        before = value;
      }
    }
    System.out.println(row("all", "", last, clocks, predicted));
  }

  private static String row(
      String name, String from, String to, List<SequencedMap<String, Double>> clocks, List<SequencedMap<String, Double>> predicted) {
    StringBuilder row = new StringBuilder("%-24s".formatted(name));
    clocks.forEach(clock -> row.append(String.format(Locale.ROOT, " %9.1f", span(clock, from, to))));
    row.append("   (");
    predicted.forEach(clock -> row.append(String.format(Locale.ROOT, " %.0f", span(clock, from, to))));
    return row.append(" )").toString();
  }

  private static double span(SequencedMap<String, Double> clock, String from, String to) {
    return clock.get(to) - clock.getOrDefault(from, 0.0);
  }
}
