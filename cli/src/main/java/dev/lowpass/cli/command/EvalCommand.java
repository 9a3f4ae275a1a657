package dev.lowpass.cli.command;

import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.Peer;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.Checks;
import dev.lowpass.cli.option.LabelsOption;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.PeerOption;
import dev.lowpass.cli.option.PreprocessingOptions;
import dev.lowpass.cli.option.SizeOption;
import dev.lowpass.cli.option.ThreadsOption;
import dev.lowpass.cli.option.TrustOption;
import dev.lowpass.cli.report.ScoringTable;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.cli.score.Evaluation;
import dev.lowpass.cli.score.Scoring;
import dev.lowpass.ir.LowpassException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass eval}: how well models answer. */
@Command(
    name = "eval",
    description = {
      "How well models answer on the same pictures: top-1 and top-5 where there are labels, and beside a reference the"
          + " points lost with their standard error, agreement (the same best class), KL divergence of the class"
          + " probabilities, and the relative L2 error of every output.",
      "The reference is the engine of --against, else the first artifact. Artifacts may differ in the size of their"
          + " input; one for several sizes is evaluated at its first, or at that of --shape."
    })
final class EvalCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Artifacts.")
  private List<Path> artifacts = List.of();

  @Option(names = "--images", paramLabel = "DIR", required = true, description = "The folder of the pictures.")
  private Path images = Path.of("");

  @Mixin private LabelsOption labels = new LabelsOption();

  @Option(names = "--limit", paramLabel = "N", description = "Only N pictures, spread over all.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--first-class",
      paramLabel = "N",
      description = "The output for class 0; by default 1 of 1001 outputs (0 is 'background' there), otherwise 0.")
  private @Nullable Integer firstClass;

  @Mixin private PeerOption against = new PeerOption();

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private TrustOption trust = new TrustOption();

  @Mixin private SizeOption size = new SizeOption();

  @Mixin private PreprocessingOptions pictures = new PreprocessingOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  EvalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    int workers = threads.count();
    Checks.atLeastOne("--limit", limit);
    PictureSet set = labels.read(images).limited(limit);
    InputFiles files = new InputFiles(pictures.toPreprocessing());
    Optional<Peer> peer = against.peer();
    if (artifacts.size() == 1 && peer.isEmpty() && !set.isLabelled()) {
      throw new LowpassException(
          "LP7017", "eval", "nothing to compare with; give --labels, --against, or a second artifact");
    }
    List<Engine> engines = new ArrayList<>();
    try {
      for (Path artifact : artifacts) {
        engines.add(LowpassEngine.load(artifact.toString(), artifact, workers, trust.toTrust()));
      }
      size.requireChoice(LowpassEngine.sizes(engines));
      engines.replaceAll(this::sized);
      if (peer.isPresent()) {
        engines.add(peer.get().load(workers));
      }
      print(evaluated(engines, peer.isPresent() ? engines.size() - 1 : 0, files, set));
    } finally {
      engines.forEach(Engine::close);
    }
    return ExitCode.OK;
  }

  /** An artifact of several sizes at the one that is asked for. */
  private Engine sized(Engine engine) {
    return engine instanceof LowpassEngine ours && ours.sizes().size() > 1
        ? ours.at(size.among(ours.label(), ours.sizes()).getFirst())
        : engine;
  }

  private ScoringTable evaluated(List<Engine> engines, int reference, InputFiles files, PictureSet set)
      throws IOException {
    OptionalInt first = firstClass == null ? OptionalInt.empty() : OptionalInt.of(firstClass);
    try (StageBar bar = new StageBar(terminal, "evaluate")) {
      List<Scoring> scorings = new Evaluation(engines, reference, files, first).run(set, bar);
      return new ScoringTable(scorings, engines.get(reference).label());
    }
  }

  private void print(ScoringTable table) {
    if (form.json()) {
      terminal.line(table.toJson().toString());
    } else {
      table.print(terminal);
    }
  }
}
