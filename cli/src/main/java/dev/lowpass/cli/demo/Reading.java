package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.bench.Latency;
import dev.lowpass.cli.engine.Engine;
import dev.lowpass.cli.engine.LowpassEngine;
import dev.lowpass.cli.engine.OnnxRuntimeEngine;
import dev.lowpass.cli.report.Retained;
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
import dev.lowpass.runtime.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PP-OCR's recogniser reads drawn lines: compiled dense, for narrower pictures and with bands, beside ONNX Runtime.
 *
 * @param folder takes the model and the artifacts
 * @param count how many lines to draw
 */
public record Reading(Path folder, int count, Progress progress) {
  /** Of lines that bands were not found on. */
  static final long SEED = 2025;

  /** What anybody can have without bands, and takes about as long as they do. */
  private static final InputSize NARROWER = InputSize.of(LineInput.HEIGHT, 288);

  private static final String BANDS = "recogniser.bands";

  private static final LineInput INPUT = DemoModel.RECOGNISER.input();

  private static final Interleaved MEASUREMENT = new Interleaved(20, 3);

  /** Compiles, draws, reads and measures; takes some minutes. */
  public ReadingResult run() throws IOException {
    Path model = DemoModel.RECOGNISER.writeTo(folder);
    ImportOptions shapes = ImportOptions.defaults().withShapes(DemoModel.RECOGNISER.shapes());
    Alphabet alphabet = Alphabet.of(OnnxReader.read(model, shapes));
    CompileOptions dense = CompileOptions.defaults().withShapes(DemoModel.RECOGNISER.shapes()).dense();
    String narrower = "dense, " + NARROWER.map();
    compile(model, dense, "dense");
    compile(model, dense.withPictures(PictureSettings.of(NARROWER)), narrower);
    Compilation lowpassed = compile(model, dense.withBands(new BandsOrigin.Given(bands())), "low-passed");
    List<DrawnLine> lines = new LineArtist(Typeface.all()).drawUpright(SEED, count);
    List<Engine> engines = new ArrayList<>();
    try {
      engines.add(OnnxRuntimeEngine.load("ONNX Runtime", model.toString(), Files.readAllBytes(model), 1));
      for (String name : List.of("dense", narrower, "low-passed")) {
        engines.add(LowpassEngine.load(name, artifact(name), 1));
      }
      List<List<String>> texts = read(engines, lines, alphabet);
      progress.stage("measure latency", count, count);
      Map<String, Tensor> timed = Map.of(DemoModel.INPUT, INPUT.of(lines.getFirst().picture()));
      List<Latency> latencies = MEASUREMENT.measure(engines.stream().map(engine -> engine.bound(timed)).toList());
      List<ReadingResult.Contestant> contestants = new ArrayList<>();
      for (int e = 0; e < engines.size(); e++) {
        contestants.add(new ReadingResult.Contestant(engines.get(e).label(), texts.get(e), latencies.get(e)));
      }
      return new ReadingResult(lines, contestants, Retained.of(lowpassed.report().decisions()));
    } finally {
      engines.forEach(Engine::close);
    }
  }

  /** What comes with the build; how it was found stands in it. */
  private static BandsFile bands() throws IOException {
    try (InputStream stream = Reading.class.getResourceAsStream(BANDS)) {
      if (stream == null) {
        throw new IllegalStateException(BANDS + " is not on the class path");
      }
      return BandsFile.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8), BANDS);
    }
  }

  private Compilation compile(Path model, CompileOptions options, String name) {
    Progress named = (stage, done, total) -> progress.stage("compile " + name + ": " + stage, done, total);
    Compilation compilation = new Compiler().compile(model, options, named);
    compilation.writeTo(artifact(name));
    return compilation;
  }

  private Path artifact(String name) {
    return folder.resolve("recogniser." + name.replace(", ", "-") + ".lowpass");
  }

  /** For every engine the text of every line. */
  private List<List<String>> read(List<Engine> engines, List<DrawnLine> lines, Alphabet alphabet) {
    List<List<String>> texts = new ArrayList<>();
    engines.forEach(_ -> texts.add(new ArrayList<>()));
    for (int i = 0; i < lines.size(); i++) {
      progress.stage("read", i, lines.size());
      Map<String, Tensor> input = Map.of(DemoModel.INPUT, INPUT.of(lines.get(i).picture()));
      for (int e = 0; e < engines.size(); e++) {
        Tensor output = engines.get(e).run(input).values().iterator().next();
        texts.get(e).add(alphabet.read(output.floats()));
      }
    }
    return texts;
  }
}
