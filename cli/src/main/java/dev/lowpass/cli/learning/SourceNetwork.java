package dev.lowpass.cli.learning;

import dev.lowpass.codegen.CompileOptions;
import dev.lowpass.codegen.backend.Backend;
import dev.lowpass.codegen.backend.Backends;
import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.ir.LowpassException;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.Value;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.bands.InputSize;
import dev.lowpass.ir.bands.MapSize;
import dev.lowpass.ir.graph.Graph;
import dev.lowpass.ir.onnx.ImportOptions;
import dev.lowpass.ir.onnx.ImportedModel;
import dev.lowpass.ir.onnx.OnnxReader;
import dev.lowpass.ir.onnx.OnnxWriter;
import dev.lowpass.learn.Calibrator;
import dev.lowpass.learn.answer.Answer;
import dev.lowpass.learn.answer.ClassAnswer;
import dev.lowpass.learn.answer.Head;
import dev.lowpass.learn.choice.TimeModel;
import dev.lowpass.learn.data.Examples;
import dev.lowpass.learn.data.LearningListener;
import dev.lowpass.passes.Pipelines;
import dev.lowpass.passes.cost.PricedModel;
import dev.lowpass.passes.pass.PassContext;
import dev.lowpass.passes.pass.PassManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A trained model, and the machine that it is to be fast on.
 *
 * @param file what all are compared with
 * @param graph of the file, canonical: one picture in, at the size that the model takes
 * @param prices of the machine
 * @param options with which candidates are compiled; nothing of bands
 * @param newHead whether its last layer knows nothing of its classes
 */
public record SourceNetwork(
    Path file,
    Graph graph,
    SequencedMap<String, String> metadata,
    Backend backend,
    PricedModel prices,
    CompileOptions options,
    boolean newHead) {
  /** Classes of networks that count {@code background} as the first. */
  private static final int WITH_BACKGROUND = 1001;

  /**
   * Reads the model.
   *
   * @throws LowpassException LP7050 for a model that does not take one picture; else as the reader
   */
  public static SourceNetwork read(Path file, String target, ImportOptions reading, PricesOrigin prices) {
    Backend backend = Backends.parse(target);
    PricedModel priced = prices.resolve(backend);
    ImportedModel imported = OnnxReader.read(file, reading);
    PassContext context = PassContext.of(backend.machine());
    Graph graph = PassManager.verifying().run(Pipelines.canonical(), imported.graph(), context);
    if (graph.inputs().size() != 1 || !isPicture(graph.inputs().getFirst().type().shape())) {
      throw new LowpassException(
          "LP7050",
          file.toString(),
          "learning takes a model of one input [1, 3, height, width], not " + graph.inputs());
    }
    CompileOptions options =
        CompileOptions.defaults()
            .withTarget(target)
            .withShapes(reading.shapes())
            .withLimits(reading.limits())
            .withPrices(prices)
            .dense();
    return new SourceNetwork(file, graph, imported.metadata(), backend, priced, options, false);
  }

  /**
   * The network with another last layer, for {@code classes} of which it knows nothing.
   *
   * @param seed from which the weights of that layer follow
   * @param folder takes its file, under the name of this one's
   * @throws LowpassException LP6007 at the node where the last layer is not found
   */
  public SourceNetwork withClasses(int classes, long seed, Path folder) {
    Graph changed = Head.of(graph).replaced(classes, seed);
    Path written = folder.resolve(file.toAbsolutePath().getFileName());
    OnnxWriter.write(changed, metadata, written);
    return new SourceNetwork(written, changed, metadata, backend, prices, options, true);
  }

  private static boolean isPicture(Shape shape) {
    return shape.rank() == 4 && shape.dim(0) == 1 && shape.dim(1) == 3;
  }

  public Value input() {
    return graph.inputs().getFirst();
  }

  /** {@code size} as bands have it: by the input's name, nothing for the model's own. */
  SequencedMap<String, InputSize> inputs(Optional<InputSize> size) {
    SequencedMap<String, InputSize> inputs = new LinkedHashMap<>();
    size.ifPresent(given -> inputs.put(input().name(), given));
    return inputs;
  }

  /** Of the pictures that the model takes. */
  MapSize size() {
    return new MapSize(height(), width());
  }

  public int height() {
    return input().type().shape().dim(2);
  }

  public int width() {
    return input().type().shape().dim(3);
  }

  /**
   * Whether the model may be given pictures of {@code size}.
   *
   * @throws LowpassException LP3011, LP3012 where it does not bear them, LP7052 where it would answer in another shape
   */
  public void checkSize(InputSize size) {
    Graph shrunk = times(inputs(Optional.of(size))).graph();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Shape whole = graph.outputs().get(i).value().type().shape();
      Shape answered = shrunk.outputs().get(i).value().type().shape();
      if (!answered.equals(whole)) {
        throw new LowpassException(
            "LP7052",
            size.map().toString(),
            "output %s would be %s in place of %s".formatted(graph.outputs().get(i).name(), answered, whole));
      }
    }
  }

  /**
   * Whether the model may be given {@code bands}.
   *
   * @throws LowpassException as {@link BandsFile#checkAgainst} and {@link #checkSize}
   */
  public void check(BandsFile bands) {
    bands.checkAgainst(graph);
    bands.inputs().values().forEach(this::checkSize);
  }

  /** What the compiler predicts for pictures of other sizes. */
  TimeModel times(SequencedMap<String, InputSize> inputs) {
    return TimeModel.of(graph, inputs, backend.machine(), prices);
  }

  /**
   * What finds bands for it.
   *
   * @param measured pictures that bands are found by
   * @param heldOut pictures that judge them
   * @param seed of all that is drawn
   */
  public Calibrator calibrator(Examples measured, Examples heldOut, long seed, LearningListener listener) {
    Calibrator.Settings settings = new Calibrator.Settings(Calibrator.Settings.USUAL.stages(), seed);
    return new Calibrator(graph, backend.machine(), prices, measured, heldOut, settings, listener);
  }

  /** Whether {@link #checkSize} has nothing to say. */
  boolean bears(InputSize size) {
    try {
      checkSize(size);
      return true;
    } catch (LowpassException e) {
      return false;
    }
  }

  /** The output that stands for class 0 of labels. */
  public int firstClass() {
    Shape scores = graph.outputs().getFirst().value().type().shape();
    return scores.rank() == 2 && scores.dim(1) == WITH_BACKGROUND ? 1 : 0;
  }

  /** Classes that labels may name; 0 where the model does not classify. */
  public int classes() {
    boolean classifies = Answer.of(Answer.scored(graph)) instanceof ClassAnswer;
    return classifies ? graph.outputs().getFirst().value().type().shape().dim(1) - firstClass() : 0;
  }

  /**
   * Writes {@code changed}, which takes and gives what this model does, as an ONNX file with {@code bands} in its
   * metadata: a plain model to everybody else.
   */
  public void write(Graph changed, BandsFile bands, Path onnx) {
    SequencedMap<String, String> annotated = new LinkedHashMap<>(metadata);
    annotated.put(ImportedModel.BANDS_PROPERTY, bands.print());
    OnnxWriter.write(changed, annotated, onnx);
  }
}
