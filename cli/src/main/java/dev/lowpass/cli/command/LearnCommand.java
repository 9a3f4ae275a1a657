package dev.lowpass.cli.command;

import dev.lowpass.cli.data.PictureSet;
import dev.lowpass.cli.failure.ExitCode;
import dev.lowpass.cli.frontier.Frontier;
import dev.lowpass.cli.frontier.FrontierFile;
import dev.lowpass.cli.learning.CompiledTeacher;
import dev.lowpass.cli.learning.LearningPictures;
import dev.lowpass.cli.learning.Measurement;
import dev.lowpass.cli.learning.Outcome;
import dev.lowpass.cli.learning.OutcomeText;
import dev.lowpass.cli.learning.RatioMeter;
import dev.lowpass.cli.learning.Sizes;
import dev.lowpass.cli.learning.SourceNetwork;
import dev.lowpass.cli.learning.TimeGoal;
import dev.lowpass.cli.learning.TrainingProgress;
import dev.lowpass.cli.learning.TrainingStart;
import dev.lowpass.cli.option.LearningOptions;
import dev.lowpass.cli.option.OutputOptions;
import dev.lowpass.cli.option.ScheduleOptions;
import dev.lowpass.cli.report.StageBar;
import dev.lowpass.cli.report.Terminal;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.codegen.temporary.TemporaryFolder;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.Candidate;
import dev.lowpass.learn.Learner;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.train.Augmentation;
import dev.lowpass.learn.train.Schedule;
import dev.lowpass.learn.train.Task;
import dev.lowpass.learn.train.TrainingData;
import dev.lowpass.runtime.natives.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
          + " together, with the price of what is retained in the loss. It learns to answer as the model does now;"
          + " labels only say how much held-out pictures lose.",
      "It begins with what 'calibrate' finds, and may take hours; --checkpoint lets it go on another time."
    })
final class LearnCommand implements Callable<Integer> {
  /** Pictures by which the beginning is found. */
  private static final int CALIBRATION = 400;

  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
  private Path model = Path.of("");

  @Option(
      names = "--train",
      paramLabel = "DIR",
      required = true,
      description = "A folder of pictures; may be repeated, and then has no labels. One that is named twice is seen twice"
          + " as often.")
  private List<Path> train = List.of();

  @Option(
      names = "--time",
      paramLabel = "PART",
      required = true,
      description = "The part of the dense model's time that the result is to take, for instance 0.65.")
  private double time;

  @Mixin private LearningOptions options = new LearningOptions();

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
    Schedule steps = schedule.schedule();
    Augmentation augmentation = schedule.augmentation(false);
    schedule.check();
    options.sizes();
    PictureSet set = options.pictures(train);
    TrainingEngine.keepLibrariesIn(CacheFolder.ofUser());
    try (StageBar bar = new StageBar(terminal, "learn");
        TemporaryFolder folder = TemporaryFolder.create("learn")) {
      PricesOrigin prices = options.prices(bar);
      SourceNetwork network = SourceNetwork.read(model, options.target(), options.shapes(), prices);
      LearningPictures pictures =
          LearningPictures.read(set, options.heldOut(), options.seed(), network, options.preprocessing(), bar);
      Measurement measurement = new Measurement(options.runs());
      Outcome outcome = new Outcome(network, options.preprocessing(), options.threads(), measurement, bar);
      List<Optional<InputSize>> sizes = Sizes.among(options.sizes(), network);
      TrainingStart start = start(network, pictures, outcome, sizes, bar);
      Candidate candidate;
      try (CompiledTeacher teacher = CompiledTeacher.of(network, folder.path(), bar)) {
        candidate = train(network, pictures, start, teacher, steps, augmentation, bar);
      }
      outcome.write(candidate, options.output(), options.bands());
      List<InputSize> smaller = sizes.stream().flatMap(Optional::stream).toList();
      Frontier frontier = outcome.frontier(candidate, options.output(), smaller, pictures.heldOut().set());
      if (options.frontier().isPresent()) {
        FrontierFile.write(options.frontier().get(), frontier);
      }
      bar.close();
      OutcomeText text = new OutcomeText(network, candidate, frontier, options.output());
      if (form.json()) {
        terminal.line(text.toJson().toString());
      } else {
        text.print(terminal);
      }
    }
    return ExitCode.OK;
  }

  /** What the training in the checkpoint began with; else the best that there is without training. */
  private TrainingStart start(
      SourceNetwork network,
      LearningPictures pictures,
      Outcome outcome,
      List<Optional<InputSize>> sizes,
      StageBar bar)
      throws IOException {
    Optional<Path> kept = schedule.checkpoint().map(TrainingStart::beside);
    if (kept.isPresent() && Files.exists(kept.get()) && Files.exists(schedule.checkpoint().orElseThrow())) {
      return TrainingStart.read(kept.get(), time);
    }
    TrainingStart start = TrainingStart.of(time, untrained(network, pictures, outcome, sizes, bar));
    if (kept.isPresent()) {
      start.write(kept.get());
    }
    return start;
  }

  private Candidate untrained(
      SourceNetwork network,
      LearningPictures pictures,
      Outcome outcome,
      List<Optional<InputSize>> sizes,
      StageBar bar)
      throws IOException {
    try (Calibrator calibrator =
        new Calibrator(
            network.graph(),
            network.backend().machine(),
            network.prices(),
            pictures.someExamples(CALIBRATION),
            pictures.heldOutExamples(),
            new Calibrator.Settings(Calibrator.Settings.USUAL.stages(), options.seed()),
            bar::stage)) {
      Path picture = pictures.heldOut().set().entries().getFirst().file();
      try (RatioMeter meter = outcome.meter(picture)) {
        return new TimeGoal(calibrator, meter, sizes).reach(time).candidate();
      }
    }
  }

  private Candidate train(
      SourceNetwork network,
      LearningPictures pictures,
      TrainingStart start,
      CompiledTeacher teacher,
      Schedule steps,
      Augmentation augmentation,
      StageBar bar) {
    Answer answer = Answer.of(Answer.scored(network.graph()));
    TrainingData data =
        new TrainingData(
            pictures.examples(), augmentation, 3, network.height(), network.width(), options.seed());
    Learner.Settings settings =
        new Learner.Settings(steps, schedule.evaluateEvery(), schedule.patience(), schedule.checkpoint());
    try (Learner learner =
        new Learner(
            network.graph(),
            start.bands(),
            network.backend().machine(),
            network.prices(),
            data,
            new Task.Distillation(teacher, answer),
            pictures.heldOutExamples(),
            start.microseconds(),
            settings)) {
      return learner.run(new TrainingProgress(terminal, bar, network.classes() > 0));
    }
  }
}
