package dev.lowpass.testsuite.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.fit.MachinePrices;
import dev.lowpass.codegen.fit.PriceFile;
import dev.lowpass.codegen.fit.Stopwatch;
import dev.lowpass.codegen.fit.TimedNetwork;
import dev.lowpass.codegen.fit.Workload;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well a network's low-passed time is predicted beside its dense time: {@code CompareRatios TARGET PRICES NETWORK
 * FORM…} compiles the network dense and in each form, once as chosen and once with all layers low-passed, runs them in
 * turns, and prints the predicted and the measured ratio: of whole inferences, and of the sums over all steps, which
 * bear busy neighbours better. PRICES are {@code built-in}, {@code measured} or a file. Networks and forms are those of
 * {@link Networks}.
 */
public final class CompareRatios {
  private static final Duration BUDGET = Duration.ofSeconds(20);

  private final Backend backend;
  private final PricedModel prices;
  private final Map<Graph, TimedNetwork> compiled = new LinkedHashMap<>();

  private CompareRatios(Backend backend, PricedModel prices) {
    this.backend = backend;
    this.prices = prices;
  }

  /** @param predicted low-passed by dense time */
  private record Row(String name, Graph graph, double predicted) {}

  public static void main(String[] arguments) throws IOException {
    Backend backend = Backends.parse(arguments[0]);
    List<String> forms = List.of(arguments).subList(3, arguments.length);
    new CompareRatios(backend, prices(backend, arguments[1])).compare(arguments[2], forms);
  }

  private void compare(String network, List<String> forms) throws IOException {
    Row dense = row(Networks.workload(network, Workload.DENSE), ChooseForms.Mode.NONE);
    List<Row> rows = new ArrayList<>();
    for (String form : forms) {
      rows.add(row(Networks.workload(network, form), ChooseForms.Mode.AUTO));
      rows.add(row(Networks.workload(network, form), ChooseForms.Mode.ALL));
    }
    List<Graph> graphs = List.copyOf(compiled.keySet());
    Stopwatch stopwatch = new Stopwatch(List.copyOf(compiled.values()), BUDGET);
    double[] inferences = stopwatch.inferences(_ -> {});
    double[] steps = stopwatch.steps(_ -> {}).stream().mapToDouble(each -> Arrays.stream(each).sum()).toArray();
    int base = graphs.indexOf(dense.graph());
    System.out.printf(
        "%s, prices %s: dense %.0f us, predicted %.0f us%n",
        network, prices.source(), inferences[base], prices.of(dense.graph()));
    for (Row row : rows) {
      int at = graphs.indexOf(row.graph());
      double measured = inferences[at] / inferences[base];
      System.out.printf(
          "%-26s predicted %.3f  inferences %.3f (%+.1f %%)  steps %.3f (%+.1f %%)%n",
          row.name(),
          row.predicted(),
          measured,
          100 * (row.predicted() / measured - 1),
          steps[at] / steps[base],
          100 * (row.predicted() / (steps[at] / steps[base]) - 1));
    }
    compiled.values().forEach(TimedNetwork::close);
  }

  /** Compiles the network, unless it was compiled in this form before. */
  private Row row(Workload workload, ChooseForms.Mode mode) {
    Report report = new Report();
    Graph graph = workload.graph(mode, new PassContext(backend.machine(), prices, Optional.empty(), report));
    compiled.computeIfAbsent(graph, _ -> TimedNetwork.of(graph, backend, _ -> {}));
    double predicted = report.prediction().map(times -> times.chosen() / times.dense()).orElse(1.0);
    return new Row(workload.form() + " " + mode, graph, predicted);
  }

  private static PricedModel prices(Backend backend, String origin) {
    return switch (origin) {
      case "built-in" -> backend.prices();
      case "measured" -> MachinePrices.of(backend).require().model(backend);
      default -> PriceFile.read(Path.of(origin)).model(backend);
    };
  }
}
