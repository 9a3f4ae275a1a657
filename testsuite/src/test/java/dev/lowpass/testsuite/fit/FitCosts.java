package dev.lowpass.testsuite.fit;

import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.plan.step.Step;
import dev.lowpass.ir.graph.Node;
import dev.lowpass.passes.cost.WorkCounter;
import dev.lowpass.passes.forms.ChooseForms;
import dev.lowpass.passes.machine.Machine;
import dev.lowpass.passes.pass.PassContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the cost model to this machine: {@code FitCosts [TARGET [TURNS [FOLDER]]]}. Prints prices for {@code
 * Prices}, and how well it predicts. In FOLDER artifacts stay, so that a second run need not compile them; clear
 * it when kernels change.
 */
public final class FitCosts {
  /** Shorter steps are mostly the call. */
  private static final double SHORTEST_MICROSECONDS = 5;

  private FitCosts() {}

  public static void main(String[] arguments) throws IOException {
    String target = arguments.length > 0 ? arguments[0] : "cpu";
    int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    Path folder = arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("fit");
    Files.createDirectories(folder);
    Machine machine = Backends.parse(target).machine();
    ChooseForms all = new ChooseForms(new ChooseForms.Options(ChooseForms.Mode.ALL));
    List<Workload> workloads = new ArrayList<>();
    List<Contestant> contestants = new ArrayList<>();
    for (Workload workload : Workload.ALL) {
      if (workload.isHere()) {
        System.err.println(workload);
        Path artifact = folder.resolve(workload.toString().replace(' ', '-') + ".lowpass");
        workloads.add(workload);
        contestants.add(Contestant.of(workload.graph(all, PassContext.of(machine)), target, artifact));
      }
    }
    List<double[]> times = new Stopwatch(contestants).measure(turns);
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < workloads.size(); i++) {
      observations.addAll(observations(workloads.get(i), contestants.get(i), machine, times.get(i)));
    }
    System.out.print(new FitReport(machine, observations));
    contestants.forEach(Contestant::close);
  }

  private static List<Observation> observations(
      Workload workload, Contestant contestant, Machine machine, double[] times) {
    WorkCounter counter = new WorkCounter(machine);
    List<Observation> observations = new ArrayList<>();
    List<List<Node>> nodes = contestant.nodes();
    for (int i = 0; i < times.length; i++) {
      Step step = contestant.plan().steps().get(i);
      if (times[i] >= SHORTEST_MICROSECONDS) {
        String name = step.name() + " [" + step.kind() + "]";
        observations.add(Observation.of(workload, name, nodes.get(i), counter, times[i]));
      }
    }
    return observations;
  }
}
