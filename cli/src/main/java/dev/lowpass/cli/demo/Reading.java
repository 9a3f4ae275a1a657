package dev.lowpass.cli.demo;

import dev.lowpass.cli.bench.Interleaved;
import dev.lowpass.cli.report.Retained;
import dev.lowpass.codegen.BandsOrigin;
import dev.lowpass.codegen.Compilation;
import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.PictureSettings;
import dev.lowpass.codegen.Progress;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

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

  private static final Interleaved MEASUREMENT = new Interleaved(20, 3);

  /** Compiles, draws, reads and measures; takes some minutes. */
  public ReadingResult run() throws IOException {
    Path model = DemoModel.RECOGNISER.writeTo(folder);
    ImportOptions shapes = ImportOptions.defaults().withShapes(DemoModel.RECOGNISER.shapes());
    Alphabet alphabet = Alphabet.of(OnnxReader.read(model, shapes));
    CompileOptions dense = CompileOptions.defaults().withShapes(DemoModel.RECOGNISER.shapes()).dense();
    String narrower = "dense, " + NARROWER.map();
    LineTrial trial = new LineTrial(folder, "recogniser", DemoModel.RECOGNISER.input(), progress);
    trial.compile(model, dense, "dense");
    trial.compile(model, dense.withPictures(PictureSettings.of(NARROWER)), narrower);
    Compilation lowpassed = trial.compile(model, dense.withBands(new BandsOrigin.Given(bands())), "low-passed");
    List<DrawnLine> lines = new LineArtist(Typeface.all()).drawUpright(SEED, count);
    List<ReadingResult.Contestant> contestants =
        trial.run(model, List.of("dense", narrower, "low-passed"), lines, "read", alphabet::read, MEASUREMENT).stream()
            .map(each -> new ReadingResult.Contestant(each.name(), each.answers(), each.latency()))
            .toList();
    return new ReadingResult(lines, contestants, Retained.of(lowpassed.report().decisions()));
  }

  /** What comes with the build; how it was found stands in it. */
  private static BandsFile bands() throws IOException {
    return BandsFile.parse(new String(DemoModel.resource(BANDS), StandardCharsets.UTF_8), BANDS);
  }
}
