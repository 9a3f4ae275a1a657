package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.data.Scores;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.cli.score.PointsLost;
import dev.lowpass.codegen.BandsOrigin;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.Compiler;
import dev.lowpass.codegen.PictureSettings;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.passes.pass.Report;
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  private static final LineInput INPUT = DemoModel.DIRECTION.input();

  private static final Interleaved MEASUREMENT = new Interleaved(40, 10);

  /** Compiles, draws, classifies and measures; takes about a minute. */
  public DemoResult run() throws IOException {
    Path original = DemoModel.DIRECTION.writeTo(folder);
    Path learnt = DemoModel.LEARNT_DIRECTION.writeTo(folder);
    CompileOptions dense = CompileOptions.defaults().withShapes(DemoModel.DIRECTION.shapes()).dense();
    InputSize size = size(learnt);
    String smaller = "dense, " + size.map();
    compile(original, dense, "dense");
    compile(original, dense.withPictures(PictureSettings.of(size)), smaller);
    Report report = compile(learnt, dense.withBands(new BandsOrigin.OfModel()), "low-passed").report();
    progress.stage("draw lines", 0, count);
    List<DrawnLine> lines = new LineArtist(Typeface.all()).draw(SEED, count);
    List<Engine> engines = new ArrayList<>();
    try {
      engines.add(OnnxRuntimeEngine.load("ONNX Runtime", original.toString(), Files.readAllBytes(original), 1));
      for (String name : List.of("dense", smaller, "low-passed")) {
        engines.add(LowpassEngine.load(name, artifact(name), 1));
      }
      List<int[]> answers = classify(engines, lines);
      Map<String, Tensor> timed = Map.of(DemoModel.INPUT, INPUT.of(lines.getFirst().picture()));
      progress.stage("measure latency", count, count);
      List<Latency> latencies = MEASUREMENT.measure(engines.stream().map(engine -> engine.bound(timed)).toList());
      List<DemoResult.Contestant> all = contestants(engines, lines, answers, latencies);
      return new DemoResult(count, all.get(0), all.get(DENSE), all.get(2), all.get(3), Retained.of(report.decisions()));
    } finally {
      engines.forEach(Engine::close);
    }
  }

  /** The size at which {@code learnt} reads pictures. */
  private static InputSize size(Path learnt) {
    String bands = OnnxReader.read(learnt, ImportOptions.defaults()).bands().orElseThrow();
    return BandsFile.parse(bands, learnt.toString()).inputs().values().iterator().next();
  }

  private Compilation compile(Path model, CompileOptions options, String name) {
    Progress named = (stage, done, total) -> progress.stage("compile " + name + ": " + stage, done, total);
    Compilation compilation = new Compiler().compile(model, options, named);
    compilation.writeTo(artifact(name));
    return compilation;
  }

  private Path artifact(String name) {
    return folder.resolve("text-direction." + name.replace(", ", "-") + ".lowpass");
  }

  /** For every engine the class of every line. */
  private List<int[]> classify(List<Engine> engines, List<DrawnLine> lines) {
    List<int[]> answers = new ArrayList<>();
    engines.forEach(engine -> answers.add(new int[lines.size()]));
    for (int i = 0; i < lines.size(); i++) {
      progress.stage("classify", i, lines.size());
      Map<String, Tensor> input = Map.of(DemoModel.INPUT, INPUT.of(lines.get(i).picture()));
      for (int e = 0; e < engines.size(); e++) {
        Tensor output = engines.get(e).run(input).values().iterator().next();
        answers.get(e)[i] = new Scores(output.floats()).best();
      }
    }
    return answers;
  }

  private static List<DemoResult.Contestant> contestants(
      List<Engine> engines, List<DrawnLine> lines, List<int[]> answers, List<Latency> latencies) {
    List<DemoResult.Contestant> contestants = new ArrayList<>();
    for (int e = 0; e < engines.size(); e++) {
      int right = 0;
      int agreeing = 0;
      int lost = 0;
      int gained = 0;
      for (int i = 0; i < lines.size(); i++) {
        boolean reads = isRight(lines.get(i), answers.get(e)[i]);
        boolean denseReads = isRight(lines.get(i), answers.get(DENSE)[i]);
        right += reads ? 1 : 0;
        lost += denseReads && !reads ? 1 : 0;
        gained += reads && !denseReads ? 1 : 0;
        agreeing += answers.get(e)[i] == answers.getFirst()[i] ? 1 : 0;
      }
      PointsLost beside = PointsLost.of(lost, gained, lines.size());
      contestants.add(
          new DemoResult.Contestant(engines.get(e).label(), right, agreeing, beside, latencies.get(e)));
    }
    return contestants;
  }

  private static boolean isRight(DrawnLine line, int answer) {
    return answer == (line.upsideDown() ? 1 : 0);
  }
}
