package dev.lowpass.testsuite.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.fit.Stopwatch;
import dev.lowpass.codegen.fit.TimedNetwork;
import dev.lowpass.codegen.fit.Workload;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.passes.cost.CostModel;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.pass.PassContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Whether the cost decision is right: {@code CompareForms NETWORK FORM [TARGET]} compiles a network with no layer
 * low-passed, with all, and as chosen by built-in prices, and prints the time of every stretch of the network between
 * values that all three compute in a step of their own. Networks and forms are those of {@link Networks}.
 */
public final class CompareForms {
  private static final Duration BUDGET = Duration.ofSeconds(20);

  private CompareForms() {}

  public static void main(String[] arguments) throws IOException {
    Backend backend = Backends.parse(arguments.length > 2 ? arguments[2] : "cpu");
    CostModel costs = backend.prices();
    List<TimedNetwork> networks = new ArrayList<>();
    for (ChooseForms.Mode mode : ChooseForms.Mode.values()) {
      Workload workload = Networks.workload(arguments[0], arguments[1]);
      networks.add(TimedNetwork.of(workload.graph(mode, PassContext.of(backend.machine())), backend, _ -> {}));
    }
    List<double[]> times = new Stopwatch(networks, BUDGET).steps(_ -> {});
    List<SequencedMap<String, Double>> clocks = new ArrayList<>();
    List<SequencedMap<String, Double>> predicted = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      clocks.add(clock(networks.get(i), times.get(i)));
      predicted.add(clock(networks.get(i), predictions(networks.get(i), costs)));
    }
    print(clocks, predicted);
    networks.forEach(TimedNetwork::close);
  }

  private static double[] predictions(TimedNetwork network, CostModel costs) {
    return network.nodes().stream().mapToDouble(nodes -> nodes.stream().mapToDouble(costs::of).sum()).toArray();
  }

  /** When each step's value is done, in microseconds from the start. */
  private static SequencedMap<String, Double> clock(TimedNetwork network, double[] times) {
    SequencedMap<String, Double> clock = new LinkedHashMap<>();
    double now = 0;
    for (int i = 0; i < times.length; i++) {
      Step step = network.plan().steps().get(i);
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
      String name,
      String from,
      String to,
      List<SequencedMap<String, Double>> clocks,
      List<SequencedMap<String, Double>> predicted) {
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
