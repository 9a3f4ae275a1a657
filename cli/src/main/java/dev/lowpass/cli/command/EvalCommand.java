package dev.lowpass.cli.command;

import dev.lowpass.cli.data.Accuracy;
import dev.lowpass.cli.data.InputFiles;
import dev.lowpass.cli.data.Labels;
import dev.lowpass.cli.data.Scores;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.Peer;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.option.Checks;
import dev.lowpass.cli.option.NormalizationOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.PeerOption;
import dev.lowpass.cli.option.ThreadsOption;
import dev.lowpass.cli.report.AccuracyTable;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass eval}: how many pictures a classifier reads right. */
@Command(
    name = "eval",
    description = "Top-1 and top-5 of a classifier on labelled pictures, and agreement with another engine.")
final class EvalCommand implements Callable<Integer> {
  /** ImageNet's classes and one for 'background', as TensorFlow's models have them. */
  private static final int WITH_BACKGROUND = 1001;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The artifact.")
  private Path artifact = Path.of("");

  @Option(names = "--images", paramLabel = "DIR", required = true, description = "The folder of the pictures.")
  private Path images = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "TSV",
      required = true,
      description = "Lines of class (from 0), anything, file name; separated by tabs.")
  private Path labels = Path.of("");

  @Option(names = "--limit", paramLabel = "N", description = "Only N pictures, spread over all.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--first-class",
      paramLabel = "N",
      description = "The output for class 0; by default 1 of 1001 outputs (0 is 'background' there), otherwise 0.")
  private @Nullable Integer firstClass;

  @Mixin private PeerOption against = new PeerOption();

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Mixin private NormalizationOptions normalization = new NormalizationOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  EvalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    int workers = threads.count();
    Checks.atLeastOne("--limit", limit);
    Labels chosen = Labels.read(labels).limited(limit);
    if (chosen.entries().isEmpty()) {
      throw new LowpassException("LP7012", labels.toString(), "names no pictures");
    }
    try (LowpassEngine engine = LowpassEngine.load(artifact.toString(), artifact, workers)) {
      Optional<Peer> named = against.peer();
      if (named.isEmpty()) {
        print(evaluate(engine, Optional.empty(), chosen));
      } else {
        try (Engine peer = named.get().load(workers)) {
          print(evaluate(engine, Optional.of(peer), chosen));
        }
      }
    }
    return ExitCode.OK;
  }

  private Accuracy evaluate(Engine engine, Optional<Engine> peer, Labels chosen) throws IOException {
    InputFiles files = new InputFiles(normalization.toNormalization());
    TensorSpec input = onlyInput(engine);
    Accuracy accuracy = Accuracy.none();
    try (StageBar bar = new StageBar(terminal, "evaluate")) {
      for (Labels.Entry entry : chosen.entries()) {
        bar.stage(entry.file(), accuracy.pictures(), chosen.entries().size());
        Map<String, Tensor> given = Map.of(input.name(), files.read(images.resolve(entry.file()), input));
        Scores scores = scores(engine, given);
        Optional<Scores> reference = peer.map(other -> scores(other, given));
        accuracy = accuracy.plus(expected(entry, scores), scores, reference);
      }
    }
    return accuracy;
  }

  private int expected(Labels.Entry entry, Scores scores) {
    int classes = scores.values().length;
    int first = firstClass != null ? firstClass : classes == WITH_BACKGROUND ? 1 : 0;
    int label = entry.label() + first;
    if (label < 0 || label >= classes) {
      throw new LowpassException(
          "LP7014",
          labels.toString(),
          "%s has class %d, the model %d outputs; see --first-class".formatted(entry.file(), entry.label(), classes));
    }
    return label;
  }

  private static TensorSpec onlyInput(Engine engine) {
    if (engine.inputs().size() != 1) {
      throw new LowpassException("LP7025", engine.label(), "a classifier has one input, not " + engine.inputs());
    }
    return engine.inputs().getFirst();
  }

  private static Scores scores(Engine engine, Map<String, Tensor> given) {
    Tensor first = engine.run(given).values().iterator().next();
    return new Scores(first.floats());
  }

  private void print(Accuracy accuracy) {
    AccuracyTable table = new AccuracyTable(artifact.toString(), accuracy, against.isGiven());
    if (form.json()) {
      terminal.line(table.toJson().toString());
    } else {
      table.print(terminal);
    }
  }
}
