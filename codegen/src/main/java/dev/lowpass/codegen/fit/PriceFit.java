package dev.lowpass.codegen.fit;

import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.tune.Circumstances;
import dev.lowpass.codegen.tune.TuningListener;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.cost.WorkCounter;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.PassContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Measures the prices of one target on this machine. */
final class PriceFit {
  /** Shorter steps are mostly the call. */
  private static final double SHORTEST_MICROSECONDS = 5;

  /** The time that is spent on measuring; compiling what is measured takes longer. */
  private static final Duration BUDGET = Duration.ofSeconds(20);

  /** The part of a fit that compiles, as the progress has it. */
  private static final double COMPILING = 0.75;

  private final Backend backend;
  private final TuningListener listener;

  private PriceFit(Backend backend, TuningListener listener) {
    this.backend = backend;
    this.listener = listener;
  }

  static MeasuredPrices run(Backend backend, TuningListener listener) {
    List<TimedNetwork> networks = new ArrayList<>();
    try {
      return new PriceFit(backend, listener).run(FitWorkloads.all(), networks);
    } finally {
      networks.forEach(TimedNetwork::close);
    }
  }

  private MeasuredPrices run(List<Workload> workloads, List<TimedNetwork> networks) {
    for (Workload workload : workloads) {
      networks.add(compile(workload, networks.size(), workloads.size()));
    }
    List<double[]> times = new Stopwatch(networks, BUDGET).steps(this::timed);
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      observations.addAll(observations(workloads.get(i), networks.get(i), times.get(i)));
    }
    FittedModel fitted = FittedModel.to(backend.machine(), observations);
    return new MeasuredPrices(
        Circumstances.of(backend),
        LocalDate.now(ZoneOffset.UTC),
        fitted.model().nanoseconds(),
        FitErrors.of(fitted, observations));
  }

  private TimedNetwork compile(Workload workload, int done, int all) {
    Graph graph = workload.graph(ChooseForms.Mode.ALL, PassContext.of(backend.machine()));
    return TimedNetwork.of(graph, backend, part -> listener.at("compile networks", COMPILING * (done + part) / all));
  }

  private void timed(double part) {
    listener.at("time their steps", COMPILING + (1 - COMPILING) * part);
  }

  private List<Observation> observations(Workload workload, TimedNetwork network, double[] times) {
    Machine machine = backend.machine();
    WorkCounter counter = new WorkCounter(machine);
    List<Observation> observations = new ArrayList<>();
    List<List<Node>> nodes = network.nodes();
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= SHORTEST_MICROSECONDS) {
        String step = workload + ": " + network.plan().steps().get(i).name();
        observations.add(Observation.of(step, nodes.get(i), counter, times[i]));
      }
    }
    return observations;
  }
}
