package dev.lowpass.cli;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.Peer;
import dev.lowpass.cli.engine.SeededTensors;
import dev.lowpass.runtime.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass bench}: how long an inference takes. */
@Command(
    name = "bench",
    description = {
      "Measures latency; several contestants take turns, so that the machine is the same for all.",
      "All get the same --input, or seeded noise: zeros in a network cost less than other numbers."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int CALLS_A_ROUND = 5;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Artifacts. Ratios are to the first.")
  private List<Path> artifacts = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Workers of each; default ${DEFAULT-VALUE}.")
  private int threads = 1;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "30",
      description = "Rounds of " + CALLS_A_ROUND + " calls each; default ${DEFAULT-VALUE}.")
  private int rounds = 30;

  @Option(
      names = "--against",
      paramLabel = "onnxruntime=MODEL.onnx",
      description =
          "Also measure ONNX Runtime: as many threads, all optimisations, otherwise its defaults.")
  private @Nullable String against;

  @Option(
      names = "--layers",
      description =
          "Also print where the time goes, step by step, and with more than one thread how evenly each step is shared:"
              + " imbalance is the longest share over the mean one.")
  private boolean layers;

  @Mixin private InputOptions input = new InputOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Checks.threads(threads);
    Checks.atLeastOne("--runs", rounds);
    List<Engine> engines = new ArrayList<>();
    try {
      for (Path artifact : artifacts) {
        engines.add(LowpassEngine.load(artifact.getFileName().toString(), artifact, threads));
      }
      if (against != null) {
        engines.add(Peer.parse(against).load(threads));
      }
      measure(engines);
    } finally {
      engines.forEach(Engine::close);
    }
    return ExitCode.OK;
  }

  private void measure(List<Engine> engines) throws IOException {
    List<Runnable> bound = new ArrayList<>();
    for (Engine engine : engines) {
      // The peer leaves extents open where the artifact has fixed them, so it takes what the first artifact takes.
      Engine shaped = engine instanceof LowpassEngine ? engine : engines.getFirst();
      bound.add(engine.bound(input.isGiven() ? input.read(shaped.inputs()) : SeededTensors.of(shaped.inputs())));
    }
    List<Latency> latencies = new Interleaved(rounds, CALLS_A_ROUND).measure(bound);
    String data = input.isGiven() ? input.toString() : "seeded noise";
    Json json =
        new Json()
            .with("threads", threads)
            .with("rounds", rounds)
            .with("callsPerRound", CALLS_A_ROUND)
            .with("input", data);
    LatencyTable table = new LatencyTable(engines.stream().map(Engine::label).toList(), latencies, baseline(engines));
    json.with("contestants", table.toJson());
    if (!form.json) {
      String workers = threads == 1 ? "1 thread" : threads + " threads";
      terminal.line(
          "%s, %d rounds of %d calls, interleaved, on %s".formatted(workers, rounds, CALLS_A_ROUND, data));
      table.print(terminal);
    }
    if (layers) {
      profile(engines, json);
    }
    if (form.json) {
      terminal.line(json.toString());
    }
  }

  /** The peer if there is one, else the first artifact. */
  private static int baseline(List<Engine> engines) {
    return engines.getLast() instanceof LowpassEngine ? 0 : engines.size() - 1;
  }

  private void profile(List<Engine> engines, Json json) {
    List<Json> profiles = new ArrayList<>();
    for (Engine engine : engines) {
      if (engine instanceof LowpassEngine ours) {
        Profile profile = ours.profile(rounds);
        profiles.add(toJson(engine.label(), profile));
        if (!form.json) {
          print(engine.label(), profile);
        }
      }
    }
    json.with("layers", profiles);
  }

  private void print(String label, Profile profile) {
    terminal.line("");
    terminal.line(label + ": " + Quantity.microseconds(profile.microseconds()) + " in all steps, one call each");
    if (profile.hasShares()) {
      terminal.line("uneven shares cost " + Quantity.microseconds(profile.lost()) + " of them");
    }
    List<String> columns = new ArrayList<>(List.of("step", "time", "part"));
    if (profile.hasShares()) {
      columns.add("imbalance");
    }
    Table table = new Table(columns.toArray(String[]::new));
    profile.steps().stream()
        .sorted(Comparator.comparingDouble(Profile.Step::microseconds).reversed())
        .forEach(step -> table.row(cells(profile, step).toArray(String[]::new)));
    table.print(terminal);
  }

  private static List<String> cells(Profile profile, Profile.Step step) {
    List<String> cells = new ArrayList<>();
    cells.add(step.name());
    cells.add(Quantity.microseconds(step.microseconds()));
    cells.add(Quantity.percent(step.microseconds() / profile.microseconds()));
    if (profile.hasShares()) {
      cells.add(Quantity.ratio(step.imbalance()));
    }
    return cells;
  }

  private static Json toJson(String label, Profile profile) {
    return new Json()
        .with("name", label)
        .with("steps", profile.steps().stream().map(BenchCommand::toJson).toList());
  }

  private static Json toJson(Profile.Step step) {
    Json json = new Json().with("step", step.name()).with("microseconds", step.microseconds());
    return step.shares().isEmpty()
        ? json
        : json.with("shareMicroseconds", step.shares()).with("imbalance", step.imbalance());
  }
}
