package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.data.Scores;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.cli.score.PointsLost;
import dev.lowpass.codegen.BandsOrigin;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.PictureSettings;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.passes.pass.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The main job from end to end: a real classifier, compiled dense and low-passed, on drawn text, beside ONNX Runtime.
 *
 * @param folder takes the models and the artifacts
 * @param count how many lines to draw
 */
public record Demonstration(Path folder, int count, Progress progress) {
  /** Of lines from which nobody has learnt, see {@link DirectionTraining}. */
  static final long SEED = 2024;

  /** The place of the dense classifier among engines; the first is ONNX Runtime. */
  private static final int DENSE = 1;

  private static final Interleaved MEASUREMENT = new Interleaved(40, 10);

  /** Compiles, draws, classifies and measures; takes about a minute. */
  public DemoResult run() throws IOException {
    Path original = DemoModel.DIRECTION.writeTo(folder);
    Path learnt = DemoModel.LEARNT_DIRECTION.writeTo(folder);
    CompileOptions dense = CompileOptions.defaults().withShapes(DemoModel.DIRECTION.shapes()).dense();
    InputSize size = size(learnt);
    String smaller = "dense, " + size.map();
    LineTrial trial = new LineTrial(folder, "text-direction", DemoModel.DIRECTION.input(), progress);
    trial.compile(original, dense, "dense");
    trial.compile(original, dense.withPictures(PictureSettings.of(size)), smaller);
    Report report = trial.compile(learnt, dense.withBands(new BandsOrigin.OfModel()), "low-passed").report();
    progress.stage("draw lines", 0, count);
    List<DrawnLine> lines = new LineArtist(Typeface.all()).draw(SEED, count);
    List<String> forms = List.of("dense", smaller, "low-passed");
    List<DemoResult.Contestant> all =
        contestants(
            trial.run(original, forms, lines, "classify", scores -> new Scores(scores).best(), MEASUREMENT), lines);
    return new DemoResult(count, all.get(0), all.get(DENSE), all.get(2), all.get(3), Retained.of(report.decisions()));
  }

  /** The size at which {@code learnt} reads pictures. */
  private static InputSize size(Path learnt) {
    String bands = OnnxReader.read(learnt, ImportOptions.defaults()).bands().orElseThrow();
    return BandsFile.parse(bands, learnt.toString()).inputs().values().iterator().next();
  }

  private static List<DemoResult.Contestant> contestants(
      List<LineTrial.Answers<Integer>> engines, List<DrawnLine> lines) {
    List<DemoResult.Contestant> contestants = new ArrayList<>();
    for (LineTrial.Answers<Integer> engine : engines) {
      int right = 0;
      int agreeing = 0;
      int lost = 0;
      int gained = 0;
      for (int i = 0; i < lines.size(); i++) {
        boolean reads = isRight(lines.get(i), engine.answers().get(i));
        boolean denseReads = isRight(lines.get(i), engines.get(DENSE).answers().get(i));
        right += reads ? 1 : 0;
        lost += denseReads && !reads ? 1 : 0;
        gained += reads && !denseReads ? 1 : 0;
        agreeing += engine.answers().get(i).equals(engines.getFirst().answers().get(i)) ? 1 : 0;
      }
      PointsLost beside = PointsLost.of(lost, gained, lines.size());
      contestants.add(new DemoResult.Contestant(engine.name(), right, agreeing, beside, engine.latency()));
    }
    return contestants;
  }

  private static boolean isRight(DrawnLine line, int answer) {
    return answer == (line.upsideDown() ? 1 : 0);
  }
}
