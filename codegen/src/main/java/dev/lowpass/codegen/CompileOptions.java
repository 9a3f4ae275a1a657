package dev.lowpass.codegen;

import dev.lowpass.codegen.fit.PricesOrigin;
import dev.lowpass.codegen.tune.Tuning;
import dev.lowpass.ir.Shape;
import dev.lowpass.ir.bands.BandsFile;
import dev.lowpass.ir.limit.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a compilation is asked for. Begin with {@link #defaults} and say what is different.
 *
 * @param target one of {@link dev.lowpass.codegen.backend.Backends#names}
 * @param precision in which numbers products multiply
 * @param examples on which rounding is looked at
 * @param shapes shapes of inputs by name, where the model leaves extents open
 * @param bands where thresholds come from
 * @param pictures at which size pictures are read
 * @param passes which passes run
 * @param check whether to compare the artifact with the reference interpreter before it is written
 * @param tuning where the choice of register tiles, strips and the like comes from
 * @param prices where the prices come from, by which the forms of layers are chosen
 * @param limits how large the model and what it becomes may be
 */
public record CompileOptions(
    String target,
    PrecisionChoice precision,
    ExampleInputs examples,
    Map<String, Shape> shapes,
    BandsOrigin bands,
    PictureSettings pictures,
    PassSettings passes,
    boolean check,
    Tuning tuning,
    PricesOrigin prices,
    Limits limits) {
  private static final CompileOptions DEFAULTS =
      new CompileOptions(
          "cpu",
          PrecisionChoice.F32,
          ExampleInputs.NONE,
          Map.of(),
          new BandsOrigin.OfModel(),
          PictureSettings.USUAL,
          PassSettings.USUAL,
          true,
          new Tuning.BuiltIn(),
          new PricesOrigin.BuiltIn(),
          Limits.usual());

  public CompileOptions {
    shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
  }

  /** This machine's processor, the model's own bands, the usual passes, checked, nothing timed, built-in prices. */
  public static CompileOptions defaults() {
    return DEFAULTS;
  }

  public CompileOptions withTarget(String changed) {
    return new CompileOptions(
        changed, precision, examples, shapes, bands, pictures, passes, check, tuning, prices, limits);
  }

  public CompileOptions withPrecision(PrecisionChoice changed) {
    return new CompileOptions(
        target, changed, examples, shapes, bands, pictures, passes, check, tuning, prices, limits);
  }

  public CompileOptions withExamples(ExampleInputs changed) {
    return new CompileOptions(
        target, precision, changed, shapes, bands, pictures, passes, check, tuning, prices, limits);
  }

  public CompileOptions withShapes(Map<String, Shape> changed) {
    return new CompileOptions(
        target, precision, examples, changed, bands, pictures, passes, check, tuning, prices, limits);
  }

  public CompileOptions withBands(BandsOrigin changed) {
    return new CompileOptions(
        target, precision, examples, shapes, changed, pictures, passes, check, tuning, prices, limits);
  }

  public CompileOptions withBands(BandsFile given) {
    return withBands(new BandsOrigin.Given(given));
  }

  /** Without bands, whatever the model says; a size that is asked for still holds. */
  public CompileOptions dense() {
    return withBands(new BandsOrigin.None());
  }

  public CompileOptions withPictures(PictureSettings changed) {
    return new CompileOptions(
        target, precision, examples, shapes, bands, changed, passes, check, tuning, prices, limits);
  }

  public CompileOptions withPasses(PassSettings changed) {
    return new CompileOptions(
        target, precision, examples, shapes, bands, pictures, changed, check, tuning, prices, limits);
  }

  /** With these passes instead of the usual ones: none, where {@code pipeline} is empty. */
  public CompileOptions withPipeline(String pipeline) {
    return withPasses(passes.with(pipeline));
  }

  public CompileOptions withCheck(boolean changed) {
    return new CompileOptions(
        target, precision, examples, shapes, bands, pictures, passes, changed, tuning, prices, limits);
  }

  public CompileOptions withTuning(Tuning changed) {
    return new CompileOptions(
        target, precision, examples, shapes, bands, pictures, passes, check, changed, prices, limits);
  }

  public CompileOptions withPrices(PricesOrigin changed) {
    return new CompileOptions(
        target, precision, examples, shapes, bands, pictures, passes, check, tuning, changed, limits);
  }

  public CompileOptions withLimits(Limits changed) {
    return new CompileOptions(
        target, precision, examples, shapes, bands, pictures, passes, check, tuning, prices, changed);
  }
}
