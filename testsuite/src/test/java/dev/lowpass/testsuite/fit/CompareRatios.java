package dev.lowpass.testsuite.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.fit.MachinePrices;
import dev.lowpass.codegen.fit.PriceFile;
import dev.lowpass.codegen.fit.Stopwatch;
import dev.lowpass.codegen.fit.TimedNetwork;
import dev.lowpass.codegen.fit.Workload;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well a network's low-passed time is predicted beside its dense time: {@code CompareRatios TARGET PRICES NETWORK
 * FORM…} compiles the network dense and in each form, once as chosen and once with all layers low-passed, runs whole
 * inferences in turns, and prints the predicted and the measured ratio. PRICES are {@code built-in}, {@code measured}
 * or a file. Networks and forms are those of {@link Networks}.
 */
public final class CompareRatios {
  private static final Duration BUDGET = Duration.ofSeconds(20);

  private CompareRatios() {}

  /** @param predicted low-passed by dense time */
  private record Row(String name, double predicted) {}

  public static void main(String[] arguments) throws IOException {
    Backend backend = Backends.parse(arguments[0]);
    PricedModel prices = prices(backend, arguments[1]);
    List<Row> rows = new ArrayList<>();
    List<TimedNetwork> networks = new ArrayList<>();
    Workload dense = Networks.workload(arguments[2], Workload.DENSE);
    PassContext context = new PassContext(backend.machine(), prices, Optional.empty(), new Report());
    networks.add(TimedNetwork.of(dense.graph(ChooseForms.Mode.NONE, context), backend, _ -> {}));
    double predictedDense = prices.of(networks.getFirst().graph());
    for (String form : List.of(arguments).subList(3, arguments.length)) {
      for (ChooseForms.Mode mode : List.of(ChooseForms.Mode.AUTO, ChooseForms.Mode.ALL)) {
        Report report = new Report();
        PassContext own = new PassContext(backend.machine(), prices, Optional.empty(), report);
        Workload workload = Networks.workload(arguments[2], form);
        networks.add(TimedNetwork.of(workload.graph(mode, own), backend, _ -> {}));
        Report.Prediction prediction = report.prediction().orElseThrow();
        rows.add(new Row(form + " " + mode, prediction.chosen() / prediction.dense()));
      }
    }
    double[] times = new Stopwatch(networks, BUDGET).inferences(_ -> {});
    System.out.printf(
        "%s, prices %s: dense %.0f us, predicted %.0f us%n", arguments[2], prices.source(), times[0], predictedDense);
    for (int i = 0; i < rows.size(); i++) {
      double measured = times[i + 1] / times[0];
      double predicted = rows.get(i).predicted();
      System.out.printf(
          "%-32s predicted %.3f measured %.3f  %+5.1f %%%n",
          rows.get(i).name(), predicted, measured, 100 * (predicted / measured - 1));
    }
    networks.forEach(TimedNetwork::close);
  }

  private static PricedModel prices(Backend backend, String origin) {
    return switch (origin) {
      case "built-in" -> backend.prices();
      case "measured" -> MachinePrices.of(backend).require().model(backend);
      default -> PriceFile.read(Path.of(origin)).model(backend);
    };
  }
}
