package dev.lowpass.cli.command;

import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.learning.LearningPictures;
import dev.lowpass.cli.learning.LossGoal;
import dev.lowpass.cli.learning.Measurement;
import dev.lowpass.cli.learning.Outcome;
import dev.lowpass.cli.learning.OutcomeText;
import dev.lowpass.cli.learning.RatioMeter;
import dev.lowpass.cli.learning.Sizes;
import dev.lowpass.cli.learning.SourceNetwork;
import dev.lowpass.cli.learning.TimeGoal;
import dev.lowpass.cli.learning.Yardstick;
import dev.lowpass.cli.option.Checks;
import dev.lowpass.cli.option.LearningOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.Candidate;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.runtime.natives.CacheFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass calibrate}: what a model can do without, untrained. */
@Command(
    name = "calibrate",
    description = {
      "Finds what a trained model can do without, without training: a smaller picture, and bands for its layers. Takes"
          + " some hundred pictures of the kind that the model will see, with or without labels.",
      "Say how fast it shall be (--time), how much it may lose (--max-loss; the default, 0.5 points), or what it shall"
          + " keep (--keep)."
    })
final class CalibrateCommand implements Callable<Integer> {
  private static final double USUAL_LOSS = 0.5;

  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
  private Path model = Path.of("");

  @Option(names = "--images", paramLabel = "DIR", required = true, description = "The folder of the pictures.")
  private Path images = Path.of("");

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "600",
      description = "At most so many of the pictures, spread over all, those held out included; default"
          + " ${DEFAULT-VALUE}.")
  private int pictures = 600;

  @Option(
      names = "--time",
      paramLabel = "PART",
      description = "The best model that is measured to take this part of the dense one's time, for instance 0.75.")
  private @Nullable Double time;

  @Option(
      names = "--max-loss",
      paramLabel = "POINTS",
      description = "The fastest model that loses at most so many points on held-out pictures: of accuracy where there"
          + " are labels, else of agreement with the model.")
  private @Nullable Double maxLoss;

  @Option(
      names = "--keep",
      paramLabel = "PART",
      description = "Bands that keep this part of the pointwise multiply-adds, at the model's own size.")
  private @Nullable Double keep;

  @Mixin private LearningOptions options = new LearningOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  CalibrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    checkGoals();
    Checks.atLeast("--pictures", pictures, 2);
    options.check(model);
    List<InputSize> sizes = options.sizes();
    PictureSet set = options.pictures(List.of(images)).limited(pictures);
    TrainingEngine.keepLibrariesIn(CacheFolder.ofUser());
    try (StageBar bar = new StageBar(terminal, "calibrate")) {
      PricesOrigin prices = options.prices(bar);
      SourceNetwork network = SourceNetwork.read(model, options.target(), options.toImportOptions(), prices);
      checkLoss(network);
      LearningPictures learnt =
          LearningPictures.read(set, options.heldOut(), options.seed(), network, options.preprocessing(), bar);
      Outcome outcome = outcome(network, bar);
      List<Optional<InputSize>> candidates = Sizes.among(sizes, network);
      Candidate candidate = search(network, learnt, outcome, candidates, bar);
      outcome.write(candidate, options.output(), options.bands());
      List<InputSize> smaller = candidates.stream().flatMap(Optional::stream).toList();
      Frontier frontier = outcome.frontier(candidate, options.output(), smaller, learnt.heldOut().set());
      if (options.frontier().isPresent()) {
        FrontierFile.write(options.frontier().get(), frontier);
      }
      bar.close();
      print(new OutcomeText(network, Yardstick.answersOf(network), candidate, frontier, options.output()));
    }
    return ExitCode.OK;
  }

  private Outcome outcome(SourceNetwork network, StageBar bar) {
    Measurement measurement = new Measurement(options.runs());
    return new Outcome(network, options.preprocessing(), options.threads(), measurement, bar);
  }

  private void checkGoals() {
    long goals = Stream.of(time, maxLoss, keep).filter(Objects::nonNull).count();
    if (goals > 1) {
      throw new LowpassException("LP7051", "--time, --max-loss, --keep", "exclude each other; give one");
    }
    checkPart("--time", time);
    checkPart("--keep", keep);
    if (maxLoss != null && !(maxLoss >= 0 && maxLoss <= 100)) {
      throw new LowpassException("LP7051", "--max-loss " + maxLoss, "is a number of points, 0 to 100");
    }
  }

  private void checkLoss(SourceNetwork network) {
    if (time == null && keep == null && network.classes() == 0) {
      throw new LowpassException(
          "LP7055", model.toString(), "does not classify, and so has no points to lose; give --time or --keep");
    }
  }

  private static void checkPart(String name, @Nullable Double part) {
    if (part != null && !(part > 0 && part <= 1)) {
      throw new LowpassException("LP7051", name + " " + part, "is a part: more than 0, at most 1");
    }
  }

  private Candidate search(
      SourceNetwork network,
      LearningPictures learnt,
      Outcome outcome,
      List<Optional<InputSize>> sizes,
      StageBar bar)
      throws IOException {
    try (Calibrator calibrator =
        network.calibrator(learnt.examples(), learnt.heldOutExamples(), options.seed(), bar::stage)) {
      if (keep != null) {
        return calibrator.keeping(keep);
      }
      if (time != null) {
        Path picture = learnt.heldOut().set().entries().getFirst().file();
        try (RatioMeter meter = outcome.meter(picture)) {
          return new TimeGoal(calibrator, meter, sizes).reach(time).candidate();
        }
      }
      return new LossGoal(calibrator, sizes).reach(maxLoss == null ? USUAL_LOSS : maxLoss);
    }
  }

  private void print(OutcomeText text) {
    if (form.json()) {
      terminal.line(text.toJson().toString());
    } else {
      text.print(terminal);
    }
  }
}
