package dev.lowpass.cli.command;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.Peer;
import dev.lowpass.cli.engine.SeededTensors;
import dev.lowpass.cli.engine.SizeRounds;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.Checks;
import dev.lowpass.cli.option.InputOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.PeerOption;
import dev.lowpass.cli.option.SizeOption;
import dev.lowpass.cli.option.ThreadsOption;
import dev.lowpass.cli.option.TrustOption;
import dev.lowpass.cli.report.Json;
import dev.lowpass.cli.report.LatencyTable;
import dev.lowpass.cli.report.ProfileText;
import dev.lowpass.cli.report.SpecText;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass bench}: how long an inference takes. */
@Command(
    name = "bench",
    description = {
      "Measures latency; several contestants take turns, so that the machine is the same for all.",
      "All get the same --input, or seeded noise: zeros in a network cost less than other numbers. Artifacts for"
          + " several sizes are measured at each, or at that of --shape."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int CALLS_A_ROUND = 5;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Artifacts. Ratios are to the first.")
  private List<Path> artifacts = List.of();

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private TrustOption trust = new TrustOption();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "30",
      description = "Rounds of " + CALLS_A_ROUND + " calls each; default ${DEFAULT-VALUE}.")
  private int rounds = 30;

  @Mixin private PeerOption against = new PeerOption();

  @Option(
      names = "--layers",
      description =
          "Also print where the time goes, step by step, and with more than one thread how evenly each step is shared:"
              + " imbalance is the longest share over the mean one.")
  private boolean layers;

  @Option(
      names = "--on-device",
      description =
          "Artifacts for CUDA: inputs and outputs stay on the device, and no time goes into copying them. ONNX Runtime"
              + " copies as ever.")
  private boolean onDevice;

  @Mixin private InputOptions input = new InputOptions();

  @Mixin private SizeOption size = new SizeOption();

  @Mixin private OutputOptions form = new OutputOptions();

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    int workers = threads.count();
    Checks.atLeastOne("--runs", rounds);
    List<Engine> engines = new ArrayList<>();
    try {
      for (Path artifact : artifacts) {
        engines.add(LowpassEngine.load(artifact.getFileName().toString(), artifact, workers, trust.toTrust()));
      }
      Optional<Peer> peer = against.peer();
      if (peer.isPresent()) {
        engines.add(peer.get().load(workers));
      }
      measure(engines);
    } finally {
      engines.forEach(Engine::close);
    }
    return ExitCode.OK;
  }

  private void measure(List<Engine> engines) throws IOException {
    String data = input.isGiven() ? input.toString() : "seeded noise";
    Json json =
        new Json()
            .with("threads", threads.count())
            .with("rounds", rounds)
            .with("callsPerRound", CALLS_A_ROUND)
            .with("input", data)
            .with("onDevice", onDevice);
    if (!form.json()) {
      String workers = threads.count() == 1 ? "1 thread" : threads.count() + " threads";
      terminal.line(
          "%s, %d rounds of %d calls, interleaved, on %s".formatted(workers, rounds, CALLS_A_ROUND, data));
    }
    size.requireChoice(LowpassEngine.sizes(engines));
    List<SizeRounds.Round> sizes = fitting(SizeRounds.of(engines, size::among));
    List<Json> measured = new ArrayList<>();
    for (SizeRounds.Round round : sizes) {
      Json own = sizes.size() == 1 ? json : new Json();
      round.size().ifPresent(of -> own.with("inputs", of.inputs().stream().map(SpecText::toJson).toList()));
      if (!form.json()) {
        round.size().ifPresent(of -> terminal.line(terminal.strong("size " + of)));
      }
      measure(round.engines(), own);
      measured.add(own);
    }
    if (sizes.size() > 1) {
      json.with("sizes", measured);
    }
    if (form.json()) {
      terminal.line(json.toString());
    }
  }

  /** Those whose size the tensors of --input have; all where that is none, for the session to say so. */
  private List<SizeRounds.Round> fitting(List<SizeRounds.Round> all) throws IOException {
    List<SizeRounds.Round> fitting = new ArrayList<>();
    for (SizeRounds.Round round : all) {
      if (!input.isGiven()
          || round.size().isEmpty()
          || SizeOption.isOf(round.size().get(), input.read(round.size().get().inputs()))) {
        fitting.add(round);
      }
    }
    return fitting.isEmpty() ? all : fitting;
  }

  private void measure(List<Engine> engines, Json json) throws IOException {
    List<Runnable> bound = new ArrayList<>();
    for (Engine engine : engines) {
      // The peer leaves extents open where the artifact has fixed them, so it takes what the first artifact takes.
      Engine shaped = engine instanceof LowpassEngine ? engine : engines.getFirst();
      Map<String, Tensor> inputs =
          input.isGiven() ? input.read(shaped.inputs()) : SeededTensors.of(shaped.inputs());
      boolean resident = onDevice && engine instanceof LowpassEngine;
      bound.add(resident ? ((LowpassEngine) engine).resident(inputs) : engine.bound(inputs));
    }
    List<Latency> latencies = new Interleaved(rounds, CALLS_A_ROUND).measure(bound);
    LatencyTable table = new LatencyTable(engines.stream().map(Engine::label).toList(), latencies, baseline(engines));
    json.with("contestants", table.toJson());
    if (!form.json()) {
      table.print(terminal);
    }
    if (layers) {
      profile(engines, json);
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
        ProfileText profile = new ProfileText(engine.label(), ours.profile(rounds));
        profiles.add(profile.toJson());
        if (!form.json()) {
          profile.print(terminal);
        }
      }
    }
    json.with("layers", profiles);
  }
}
