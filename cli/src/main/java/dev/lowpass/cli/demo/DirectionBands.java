package dev.lowpass.cli.demo;

import dev.lowpass.ir.Block;
import dev.lowpass.ir.CoefficientOrder;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Tensor;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.learn.BandSearch;
import dev.lowpass.learn.CandidateEvaluator;
import dev.lowpass.learn.InterpretedEvaluator;
import dev.lowpass.learn.SearchListener;
import dev.lowpass.learn.SearchScope;
import dev.lowpass.learn.SquaredChange;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.machine.Machines;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The bands for the direction classifier: those that come with the build, and how they were found. */
public final class DirectionBands {
  private static final String RESOURCE = "text-direction.bands";

  /** Other lines than those that the demo measures on. */
  private static final long CALIBRATION_SEED = 7;

  private static final int CALIBRATION_LINES = 40;

  /** Where agreement with the dense model begins to suffer is at about 0.6. */
  private static final double RETAINED = 0.65;

  /** The last maps have fewer than 6 rows, and take blocks of as many as they have. */
  private static final SearchScope SCOPE = SearchScope.everywhere(new Block(6, 8), CoefficientOrder.ZIGZAG);

  private DirectionBands() {}

  /** The text of the file that comes with the build. */
  public static String shipped() throws IOException {
    try (InputStream stream = DirectionBands.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The same text, found anew on drawn lines; takes a minute. */
  public static String find(SearchListener listener) throws IOException {
    List<DrawnLine> lines = new LineArtist(Typeface.all()).draw(CALIBRATION_SEED, CALIBRATION_LINES);
    List<Map<String, Tensor>> inputs = lines.stream().map(DirectionBands::input).toList();
    Graph graph = graph();
    CandidateEvaluator evaluator = InterpretedEvaluator.of(graph, inputs, new SquaredChange(DirectionBands::logOdds));
    BandsFile bands = new BandSearch(graph, SCOPE, inputs, evaluator, listener).find(RETAINED);
    return """
        // Retained coefficients of the pointwise layers of PP-OCR's text-direction classifier at 1x3x48x192.
        // Found on drawn lines by `lowpass demo --find-bands FILE`, which writes this file again.
        """
        + bands.print();
  }

  static Graph graph() throws IOException {
    ImportOptions options = ImportOptions.defaults().withShape(DirectionModel.INPUT, shape());
    Graph imported = OnnxReader.read(DirectionModel.bytes(), DirectionModel.NAME, options).graph();
    return PassManager.verifying().run(Pipelines.canonical(), imported, PassContext.of(Machines.AVX512));
  }

  static Shape shape() {
    return Shape.of(1, 3, DirectionInput.HEIGHT, DirectionInput.WIDTH);
  }

  static Map<String, Tensor> input(DrawnLine line) {
    return Map.of(DirectionModel.INPUT, Tensor.of(DirectionInput.of(line.picture()).floats(), shape()));
  }

  /** How sure the classifier is that the line is upside down; it answers [1, 2] probabilities. */
  private static double logOdds(Tensor answer) {
    double least = Float.MIN_NORMAL;
    float[] probabilities = answer.floats();
    return StrictMath.log(Math.max(probabilities[1], least) / Math.max(probabilities[0], least));
  }
}
