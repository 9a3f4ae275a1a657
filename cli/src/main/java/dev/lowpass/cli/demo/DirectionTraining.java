package dev.lowpass.cli.demo;

import dev.lowpass.cli.learning.Measurement;
import dev.lowpass.cli.learning.RatioMeter;
import dev.lowpass.cli.learning.Sample;
import dev.lowpass.cli.learning.Sizes;
import dev.lowpass.cli.learning.SourceNetwork;
import dev.lowpass.cli.learning.TimeGoal;
import dev.lowpass.cli.learning.Training;
import dev.lowpass.cli.learning.TrainingStart;
import dev.lowpass.codegen.Progress;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.Candidate;
import dev.lowpass.learn.Learner;
import dev.lowpass.learn.network.TrainingEngine;
import dev.lowpass.learn.train.Augmentation;
import dev.lowpass.learn.train.Schedule;
import dev.lowpass.runtime.Tensor;
import dev.lowpass.runtime.natives.CacheFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Learns the demo's low-passed classifier: a smaller picture, bands and weights, from lines that are drawn, with the
 * original as teacher. {@code lowpass learn} does the same with pictures in files.
 *
 * @param folder takes the original and the teacher
 */
public record DirectionTraining(Path folder, Plan plan, Progress progress) {
  /** Of lines that are learnt from. The demo measures on those of {@link Demonstration#SEED}. */
  private static final long SEED = 7;

  private static final long HELD_OUT_SEED = 8;

  /** Of the order of lines, and of what calibration draws. */
  private static final long ORDER_SEED = 1;

  /** By the prices that the demo compiles by: the same decisions everywhere. */
  private static final PricesOrigin PRICES = new PricesOrigin.BuiltIn();

  private static final Measurement MEASUREMENT = new Measurement(40);

  /** A line that was cut out a little higher or lower is as likely; lines are too various to need more. */
  private static final Augmentation AUGMENTATION = new Augmentation(2, false, 0, 0);

  /**
   * How much to learn.
   *
   * @param lines to learn from
   * @param calibration of these, by which bands are found
   * @param heldOut other lines, by which candidates are judged
   * @param part of the dense classifier's time that is wanted
   * @param sizes of the picture among which is chosen
   */
  public record Plan(
      int lines,
      int calibration,
      int heldOut,
      double part,
      List<InputSize> sizes,
      Schedule schedule,
      int evaluateEvery,
      int patience) {
    public Plan {
      sizes = List.copyOf(sizes);
    }

    /** With which the classifier was made that comes with the build. */
    public static Plan usual() {
      List<InputSize> sizes = List.of(InputSize.of(48, 128), InputSize.of(48, 112), InputSize.of(48, 96));
      return new Plan(4000, 200, 500, 0.6, sizes, new Schedule(1500, 24, 1e-4, 0.05, 1), 100, 20);
    }
  }

  /** Learns, and writes the classifier with its bands to {@code onnx}. */
  public Candidate run(Path onnx, Learner.Listener listener) throws IOException {
    TrainingEngine.keepLibrariesIn(CacheFolder.ofUser());
    Path original = DemoModel.DIRECTION.writeTo(folder);
    ImportOptions reading = ImportOptions.defaults().withShapes(DemoModel.DIRECTION.shapes());
    SourceNetwork network = SourceNetwork.read(original, "cpu", reading, PRICES);
    List<Optional<InputSize>> sizes = Sizes.among(plan.sizes(), network);
    DirectionLines lines = DirectionLines.drawn(SEED, plan.lines(), progress);
    DirectionLines heldOut = DirectionLines.drawn(HELD_OUT_SEED, plan.heldOut(), progress);
    TrainingStart start = untrained(network, sizes, lines, heldOut);
    Learner.Settings settings =
        new Learner.Settings(plan.schedule(), plan.evaluateEvery(), plan.patience(), Optional.empty());
    Candidate candidate =
        new Training(network, lines, heldOut, start, AUGMENTATION, ORDER_SEED, settings, listener)
            .distilled(folder, progress);
    network.write(candidate.graph(), candidate.bands(), onnx);
    return candidate;
  }

  private TrainingStart untrained(
      SourceNetwork network, List<Optional<InputSize>> sizes, DirectionLines lines, DirectionLines heldOut)
      throws IOException {
    float[] first = new float[Math.toIntExact(DirectionLines.INPUT.shape().elements())];
    heldOut.read(0, first, 0);
    Sample sample = _ -> Tensor.of(first, 1, 3, LineInput.HEIGHT, DirectionLines.INPUT.width());
    DirectionLines some = lines.first(plan.calibration());
    try (RatioMeter meter = RatioMeter.of(network, sample, 1, MEASUREMENT, progress);
        Calibrator calibrator = network.calibrator(some, heldOut, ORDER_SEED, progress::stage)) {
      return TrainingStart.untrained(new TimeGoal(calibrator, meter, sizes), plan.part());
    }
  }
}
