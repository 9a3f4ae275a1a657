package dev.lowpass.cli.command;

import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.learning.LearningPictures;
import dev.lowpass.cli.learning.Measurement;
import dev.lowpass.cli.learning.Outcome;
import dev.lowpass.cli.learning.OutcomeText;
import dev.lowpass.cli.learning.Sizes;
import dev.lowpass.cli.learning.SourceNetwork;
import dev.lowpass.cli.learning.StartSearch;
import dev.lowpass.cli.learning.Training;
import dev.lowpass.cli.learning.TrainingProgress;
import dev.lowpass.cli.learning.TrainingStart;
import dev.lowpass.cli.learning.Yardstick;
import dev.lowpass.cli.option.LearningOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.ScheduleOptions;
import dev.lowpass.cli.option.StartOption;
import dev.lowpass.cli.option.TaskOptions;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Candidate;
import dev.lowpass.learn.Learner;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.train.Augmentation;
import dev.lowpass.learn.train.Schedule;
import dev.lowpass.runtime.natives.CacheFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lowpass learn}: what a model can do without, trained. */
@Command(
    name = "learn",
    description = {
      "Trains a model to do without: a smaller picture, thresholds for the bands of its layers, and weights, all"
          + " together, with the price of what is retained in the loss. It learns to name the pictures' classes where"
          + " labels tell them, and to answer as the model does now where not.",
      "It begins with what 'calibrate' finds, and may take hours; --checkpoint lets it go on another time. With"
          + " --time 1 nothing is low-passed, and weights alone are trained."
    })
final class LearnCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
  private Path model = Path.of("");

  @Option(
      names = "--train",
      paramLabel = "DIR",
      required = true,
      description = "A folder of pictures; may be repeated, and then has no labels. One that is named twice is seen"
          + " twice as often.")
  private List<Path> train = List.of();

  @Option(
      names = "--time",
      paramLabel = "PART",
      required = true,
      description = "The part of the dense model's time that the result is to take, for instance 0.65, or 1.")
  private double time;

  @Mixin private LearningOptions options = new LearningOptions();

  @Mixin private TaskOptions task = new TaskOptions();

  @Mixin private StartOption begin = new StartOption();

  @Mixin private ScheduleOptions schedule = new ScheduleOptions();

  @Mixin private OutputOptions form = new OutputOptions();

  LearnCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (!(time > 0 && time <= 1)) {
      throw new LowpassException("LP7051", "--time " + time, "is a part: more than 0, at most 1");
    }
    options.check(model);
    TaskOptions.Loss loss = task.loss(options.isLabelled());
    Optional<BandsFile> given = begin.read();
    OptionalInt classes = task.classes(StartSearch.calibrates(time, given.isPresent()));
    Schedule steps = schedule.schedule();
    Augmentation augmentation = schedule.augmentation(labelled(loss));
    schedule.check();
    options.sizes();
    PictureSet set = options.pictures(train);
    TrainingEngine.keepLibrariesIn(CacheFolder.ofUser());
    try (StageBar bar = new StageBar(terminal, "learn");
        TemporaryFolder folder = TemporaryFolder.create("learn")) {
      SourceNetwork network = network(classes, folder.path(), bar);
      given.ifPresent(network::check);
      LearningPictures pictures =
          LearningPictures.read(set, options.heldOut(), options.seed(), network, options.preprocessing(), bar);
      Measurement measurement = new Measurement(options.runs());
      Outcome outcome = new Outcome(network, options.preprocessing(), options.threads(), measurement, bar);
      List<Optional<InputSize>> sizes = Sizes.among(options.sizes(), network);
      TrainingStart start =
          new StartSearch(network, pictures, outcome, time, sizes, options.seed(), bar)
              .find(given, schedule.checkpoint());
      Yardstick yardstick = labelled(loss) ? Yardstick.classesOf(network) : Yardstick.answersOf(network);
      Training training =
          new Training(
              network,
              pictures.examples(),
              pictures.heldOutExamples(),
              start,
              augmentation,
              options.seed(),
              new Learner.Settings(steps, schedule.evaluateEvery(), schedule.patience(), schedule.checkpoint()),
              new TrainingProgress(terminal, bar, yardstick));
      Candidate candidate =
          switch (loss) {
            case CROSS_ENTROPY -> training.classified(task.smoothing());
            case DISTILLATION -> training.distilled(folder.path(), bar);
          };
      outcome.write(candidate, options.output(), options.bands());
      List<InputSize> smaller = sizes.stream().flatMap(Optional::stream).toList();
      Frontier frontier = outcome.frontier(candidate, options.output(), smaller, pictures.heldOut().set());
      if (options.frontier().isPresent()) {
        FrontierFile.write(options.frontier().get(), frontier);
      }
      bar.close();
      OutcomeText text = new OutcomeText(network, yardstick, candidate, frontier, options.output());
      if (form.json()) {
        terminal.line(text.toJson().toString());
      } else {
        text.print(terminal);
      }
    }
    return ExitCode.OK;
  }

  private static boolean labelled(TaskOptions.Loss loss) {
    return loss == TaskOptions.Loss.CROSS_ENTROPY;
  }

  /** The model, with another last layer where {@code classes} are new; {@code folder} takes it then. */
  private SourceNetwork network(OptionalInt classes, Path folder, StageBar bar) {
    PricesOrigin prices = options.prices(bar);
    SourceNetwork network = SourceNetwork.read(model, options.target(), options.toImportOptions(), prices);
    return classes.isPresent() ? network.withClasses(classes.getAsInt(), options.seed(), folder) : network;
  }
}
